select coalesce(boundary, centre) as shape, code as "Code", name as "Name", level as "Level", parent_code as "ParentCode",
       st_x(centre::geometry) as "Longitude", st_y(centre::geometry) as "Latitude", population as "Population",
       children as "Children", elders as "Elders", case when is_synthetic then '示例数据 / sample data' end as "IsSynthetic"
from register.divisions order by length(code), code
