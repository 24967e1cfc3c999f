-- The worst waters ($2 of each): of the division $1, or of every county when it is null.
select d.code, d.name, h.id, h.code, h.name, h.kind, h.division_code, h.score, h.level
from register.divisions d
left join lateral (
  select h.id, h.code, h.name, h.kind, h.division_code, r.score, r.level
  from register.hazard_risks r
  join register.hazards h on h.id = r.hazard_id
  where h.division_code ~>=~ d.code and h.division_code ~<~ register.end_of_area(d.code) and register.is_in_force(h.status)
    and r.score > 0
  order by r.score desc, h.id
  limit $2) h on true
where case when $1::text is null then d.level = 'County' else d.code = $1 end
order by d.code, h.score desc, h.id
