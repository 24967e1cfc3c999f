-- pgRouting's shape, as in walk_edges.sql: seconds by car.
create view register.drive_edges as
select id, source, target,
       case when drive_forward then length_metres / (speed_kmh / 3.6) else -1 end as cost,
       case when drive_backward then length_metres / (speed_kmh / 3.6) else -1 end as reverse_cost,
       geom
from register.road_edges where (drive_forward or drive_backward) and speed_kmh is not null;
