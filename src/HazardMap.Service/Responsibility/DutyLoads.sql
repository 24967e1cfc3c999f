-- People who answer for more sites than $3 in a division ($1: patterns of codes) on a day ($2), the most first.
select p.id, p.name, p.unit, count(distinct coalesce(r.hazard_id, r.facility_id))::integer as sites
from register.responsibilities r join register.people p on p.id = r.person_id
where r.division_code like any ($1) and r.valid_from <= $2 and (r.valid_to is null or r.valid_to > $2)
group by p.id, p.name, p.unit
having count(distinct coalesce(r.hazard_id, r.facility_id)) > $3
order by sites desc, p.id
limit 500
