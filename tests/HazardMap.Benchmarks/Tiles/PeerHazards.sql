-- Every water of the tile as a point, and from z12 also as its line or area: what the layer's points and shapes say, at every zoom.
select
  (select st_asmvt(points, 'hazards', 4096, 'geom')
   from (select h.id::text as id, h.code, h.kind, r.level, h.name, h.status, r.score,
                st_asmvtgeom(st_transform(h.location::geometry, 3857), st_tileenvelope($1, $2, $3), 4096, 64, true) as geom
         from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
         where h.location::geometry && st_transform(st_tileenvelope($1, $2, $3, margin => 1 / 64.0), 4326)) points)
  || case when $1 < 12 then '' else
  (select st_asmvt(shapes, 'hazard_shapes', 4096, 'geom')
   from (select h.id::text as id, h.code, h.kind, r.level, h.name, h.status, r.score,
                st_asmvtgeom(st_transform(h.shape::geometry, 3857), st_tileenvelope($1, $2, $3), 4096, 64, true) as geom
         from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
         where h.shape::geometry && st_transform(st_tileenvelope($1, $2, $3, margin => 1 / 64.0), 4326)
           and st_dimension(h.shape::geometry) > 0) shapes) end
