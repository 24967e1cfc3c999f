-- Every facility of the tile as a point, at every zoom.
select st_asmvt(points, 'facilities', 4096, 'geom')
from (select id::text as id, code, kind, name,
             st_asmvtgeom(st_transform(location::geometry, 3857), st_tileenvelope($1, $2, $3), 4096, 64, true) as geom
      from register.facilities
      where location::geometry && st_transform(st_tileenvelope($1, $2, $3, margin => 1 / 64.0), 4326)) points
