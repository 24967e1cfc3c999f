-- Where everything lies: each staged object gets the smallest division that holds its position; 0000 holds the rest.
create temp table osm_hazards on commit drop as
select 'osm-' || lower(w.osm_type) || w.osm_id as code, w.tag, w.geom::geography as shape,
       case when w.kind <> 'by size' then w.kind
            when st_area(w.geom::geography) < $1 then 'Pond' else 'Lake' end as kind,
       w.name, st_closestpoint(w.geom, st_centroid(w.geom)) as position, null::text as division_code
from import_osm.waters w;
