-- The land of the whole world from the lines ($1) of land.txt: Natural Earth 1:110m (coarse) and 1:50m (fine), public domain,
-- through npm world-atlas 2.0.2 (ISC). Coast lines only; no border of any country is in it. A line is one polygon: scale, and
-- TWKB with 3 decimals (100 m). Made by tiles/basemap/make-land.sh. The grid of the map ends at 85.05 degrees.
with
-- what an earlier file said
gone as (delete from register.land),
-- one polygon a line, not beyond 180 degrees
given as (
  select starts_with(line, '50m ') as fine,
         st_setsrid(st_wrapx(st_wrapx(st_makevalid(st_geomfromtwkb(decode(split_part(line, ' ', 2), 'base64'))), 180, -360),
                             -180, 360), 4326) as geom
  from unnest($1::text[]) line),
-- maps that are open draw it anew
redrawn as (insert into register.map_changes (layer) values ('basemap'))
insert into register.land (fine, geom)
-- Fine land is cut into small pieces: a tile reads only those it shows.
select given.fine, piece.geom
from given
cross join lateral st_collectionextract(st_clipbybox2d(given.geom, st_makeenvelope(-180, -85.05, 180, 85.05)), 3) as area
cross join lateral (
  select (st_dump(case when given.fine then st_collect(p.geom) else area end)).geom
  from st_subdivide(area, 128) as p(geom)) piece
