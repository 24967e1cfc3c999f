-- What inspections saw that nobody has corrected.
create view register.sightings as
select i.id, i.hazard_id, i.at, i.has_sign, i.has_ring, i.has_rope, i.has_pole, i.has_camera, i.depth_metres, i.access
from register.inspections i where not exists (select from register.inspections c where c.corrects_id = i.id);
