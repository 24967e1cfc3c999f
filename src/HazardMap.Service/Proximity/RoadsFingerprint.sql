-- The walking network as one number: the sum of its edges' hashes, in whatever order they stand.
select coalesce(sum(hashtextextended(concat_ws(' ', source, target, walk_forward, walk_backward, length_metres, st_asewkb(geom)), 0)::numeric), 0)::text
from register.road_edges where walk_forward or walk_backward
