-- How complete the four ones are: of the division $1 and those directly below it, or of the counties when it is null.
select d.code, d.name, count(h.id)::integer,
       count(*) filter (where has_sign)::integer, count(*) filter (where has_ring)::integer,
       count(*) filter (where has_rope)::integer, count(*) filter (where has_pole)::integer,
       count(*) filter (where has_sign and has_ring and has_rope and has_pole)::integer
from register.divisions d
left join register.hazards h
  on h.division_code ~>=~ d.code and h.division_code ~<~ register.end_of_area(d.code) and register.is_in_force(h.status)
where case when $1::text is null then d.level = 'County' else d.code = $1 or d.parent_code = $1 end
group by d.code, d.name
order by d.code
