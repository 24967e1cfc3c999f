-- Divisions that say since when no drowning is missing from the record: how many years that is, and how many children died since in
-- waters whose record it is. Children, not events: that is what the nation's rates count.
select c.code, (current_date - c.incidents_complete_since) / 365.25::double precision, (
  select count(*)::integer from register.incidents i join register.hazards h on h.id = i.hazard_id
  where i.age_band in ('Under5', 'Aged5To14') and i.outcome = 'Died'
    and i.occurred_on between c.incidents_complete_since and current_date
    and h.division_code ~>=~ c.code and h.division_code ~<~ register.end_of_area(c.code)
    and not exists (
      select from register.divisions d
      where d.incidents_complete_since is not null and length(d.code) > length(c.code)
        and h.division_code ~>=~ d.code and h.division_code ~<~ register.end_of_area(d.code)))
from register.divisions c
where c.incidents_complete_since < current_date
order by c.code
