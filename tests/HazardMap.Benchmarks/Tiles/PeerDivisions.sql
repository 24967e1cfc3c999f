-- The divisions of the tile, as areas and as centres; townships from z6, villages from z11, as the layer has it.
with
-- The levels of the zoom.
shown as not materialized (
  select code as id, code, name, level, boundary, centre from register.divisions
  where valid_to is null and (level in ('Prefecture', 'County') or level = 'Township' and $1 >= 6 or level = 'Village' and $1 >= 11))
select
  (select st_asmvt(areas, 'divisions', 4096, 'geom')
   from (select id, code, name, level,
                st_asmvtgeom(st_transform(boundary::geometry, 3857), st_tileenvelope($1, $2, $3), 4096, 64, true) as geom
         from shown
         where boundary::geometry && st_transform(st_tileenvelope($1, $2, $3, margin => 1 / 64.0), 4326)) areas)
  ||
  (select st_asmvt(centres, 'division_centres', 4096, 'geom')
   from (select id, code, name, level,
                st_asmvtgeom(st_transform(centre::geometry, 3857), st_tileenvelope($1, $2, $3), 4096, 0, true) as geom
         from shown
         where centre::geometry && st_transform(st_tileenvelope($1, $2, $3), 4326) and code <> '0000') centres)
