-- What a person ($1) answers for from a day ($3) on is another's ($2).
with
-- what lasts beyond the day
mine as (
  select id, hazard_id, facility_id, role, valid_from, valid_to, greatest(valid_from, $3) as begins, is_synthetic, source
  from register.responsibilities where person_id = $1 and (valid_to is null or valid_to > $3) for update),
-- what began before ends on the day, and what begins then or later has not begun
ended as (update register.responsibilities r set valid_to = $3 from mine m where r.id = m.id and m.valid_from < $3),
withdrawn as (delete from register.responsibilities r using mine m where r.id = m.id and m.valid_from >= $3)
-- begun anew, but where the successor has the post for all that time already
insert into register.responsibilities (person_id, hazard_id, facility_id, role, valid_from, valid_to, is_synthetic, source)
select $2, m.hazard_id, m.facility_id, m.role, m.begins, m.valid_to, m.is_synthetic, m.source
from mine m
where not exists (
  select from register.responsibilities o
  where o.person_id = $2 and o.role = m.role and o.hazard_id is not distinct from m.hazard_id
    and o.facility_id is not distinct from m.facility_id and o.valid_from <= m.begins
    and (o.valid_to is null or o.valid_to >= m.valid_to))
