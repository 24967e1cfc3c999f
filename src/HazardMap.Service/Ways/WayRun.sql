-- When the ways were last computed as a whole, how far, whether the roads have changed since; when every change had been taken
-- up, and what waits; no row when never computed.
select r.computed_at, r.farthest_metres, r.road_revision <> v.revision as roads_changed_since, s.caught_up_at, q.waiting,
       q.oldest_seconds, r.within_metres
from register.way_runs r cross join register.road_revision v cross join register.way_state s
cross join (select count(*) as waiting,
  coalesce(extract(epoch from clock_timestamp() - min(queued_at)), 0)::double precision as oldest_seconds
            from register.way_queue) q
order by r.computed_at desc limit 1
