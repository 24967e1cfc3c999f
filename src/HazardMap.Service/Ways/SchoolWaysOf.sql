-- The ways that lead to a school ($1), the most children first.
select origin_kind, origin, origin_name, children, door_metres, path_metres, gate_metres
from register.ways where facility_id = $1 order by children desc, origin_kind, origin
