-- Waters beside ways to school as stored, the most children and minutes first; at most $1.
select h.id, h.code, h.name, h.kind, r.level, f.id, f.code, f.name, w.ways, w.nearest_metres, w.metres, w.children, w.child_minutes
from register.way_waters w
join register.hazards h on h.id = w.hazard_id
join register.hazard_risks r on r.hazard_id = w.hazard_id
join register.facilities f on f.id = w.facility_id
order by w.child_minutes desc, w.facility_id, w.hazard_id
limit $1
