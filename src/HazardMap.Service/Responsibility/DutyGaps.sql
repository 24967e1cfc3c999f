-- Waters in force of a division ($1: patterns of codes) that lack a leader, an owner or a warden on a day ($2).
with
-- the posts that are held that day
held as (
  select distinct hazard_id, role from register.responsibilities
  where division_code like any ($1) and hazard_id is not null and valid_from <= $2 and (valid_to is null or valid_to > $2))
select h.id, h.code, h.name, h.division_code, array_agg(needed.role order by needed.place)
from register.hazards h
cross join unnest('{Leader,Owner,Warden}'::text[]) with ordinality as needed (role, place)
left join held on held.hazard_id = h.id and held.role = needed.role
where h.division_code like any ($1) and register.is_in_force(h.status) and held.role is null
group by h.id, h.code, h.name, h.division_code
order by h.code
