-- When the ways were last computed, and whether the roads have changed since; no row when never.
select r.computed_at, r.farthest_metres, r.road_revision <> v.revision as roads_changed_since
from register.way_runs r cross join register.road_revision v order by r.computed_at desc limit 1
