-- pgRouting's shape: metres for walking, seconds for driving, negative = not in that direction.
create view register.walk_edges as
select id, source, target,
       case when walk_forward then length_metres else -1 end as cost,
       case when walk_backward then length_metres else -1 end as reverse_cost,
       geom
from register.road_edges where walk_forward or walk_backward;
