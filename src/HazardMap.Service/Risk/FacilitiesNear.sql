-- Every facility with children that can count for one of the hazards ($1), within metres ($2) that have air over the cut-off.
with
-- each facility once, however many of the hazards it is near
near as (
  select distinct f.id
  from register.hazards h
  join register.facilities f on (f.under5 > 0 or f.aged_5_to_14 > 0) and st_dwithin(f.location, h.shape, $2)
  where h.id = any ($1::uuid[]))
select f.id, geography_send(f.location), f.under5, f.aged_5_to_14
from near join register.facilities f using (id)
