-- Posts that several people hold at once in a division ($1: patterns of codes) on a day ($2); wardens and rescuers may be several. The
-- first $3.
select hazard_id, facility_id, role, count(distinct person_id)::integer
from register.responsibilities
where division_code like any ($1) and valid_from <= $2 and (valid_to is null or valid_to > $2) and role in ('Leader', 'Owner')
group by hazard_id, facility_id, role
having count(distinct person_id) > 1
order by hazard_id, facility_id, role
limit $3
