select location, code as "Code", name as "Name", kind as "Kind", division_code as "DivisionCode",
       st_x(location::geometry) as "Longitude", st_y(location::geometry) as "Latitude", capacity as "Capacity",
       under5 as "Under5", aged_5_to_14 as "Aged5To14", aged_60_plus as "Aged60Plus", status as "Status",
       counts_estimated as "CountsEstimated", case when is_synthetic then '示例数据 / sample data' end as "IsSynthetic"
from register.facilities order by code
