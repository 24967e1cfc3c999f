select shape, code as "Code", name as "Name", kind as "Kind", division_code as "DivisionCode",
       st_x(location::geometry) as "Longitude", st_y(location::geometry) as "Latitude", depth_metres as "DepthMetres",
       flow as "Flow", bank as "Bank", access as "Access", has_sign as "HasSign", has_ring as "HasRing", has_rope as "HasRope",
       has_pole as "HasPole", has_camera as "HasCamera", owner_unit as "OwnerUnit", status as "Status",
       case when is_synthetic then '示例数据 / sample data' end as "IsSynthetic"
from register.hazards order by code
