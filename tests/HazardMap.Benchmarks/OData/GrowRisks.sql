-- The copies score what the originals score, whatever else is kept beside a score.
insert into register.hazard_risks
select p.*
from register.hazards h
join register.hazards o on o.code = split_part(h.code, '-', 1)
join register.hazard_risks r on r.hazard_id = o.id
cross join lateral jsonb_populate_record(r, jsonb_build_object('hazard_id', h.id)) p
where h.code like '%-%'
