#!/bin/sh
# Makes geodata/schema/0008_land.sql anew: tiles/basemap/make-land.sh FOLDER > geodata/schema/0008_land.sql
# Needs Node, psql on any PostGIS database (PG* variables), and FOLDER with: npm install world-atlas@2.0.2 topojson-client@3.1.0
set -e
cd "${1:?usage: tiles/basemap/make-land.sh FOLDER_WITH_node_modules}"
cat <<'SQL'
-- The land of the whole world, so that the map is blank nowhere: Natural Earth 1:110m (coarse) and 1:50m (fine), public
-- domain, through npm world-atlas 2.0.2 (ISC). Coast lines only; no border of any country is in it. A line is one
-- polygon: scale, and TWKB with 3 decimals (100 m). Made by tiles/basemap/make-land.sh.
create table register.land (
  id   bigint generated always as identity primary key,
  fine boolean not null,
  geom geometry(Polygon, 4326) not null
);

-- Fine land is cut into small pieces: a tile reads only those it shows. The grid ends at 85.05 degrees.
insert into register.land (fine, geom)
select fine, piece.geom
from (select starts_with(line, '50m '),
             st_setsrid(st_wrapx(st_wrapx(st_makevalid(st_geomfromtwkb(decode(split_part(line, ' ', 2), 'base64'))), 180, -360), -180, 360), 4326)
      from regexp_split_to_table(btrim($land$
SQL
for scale in 110m 50m; do
  node -e '
    const { feature } = require("topojson-client"), world = require("world-atlas/land-" + process.argv[1] + ".json")
    // Rings that cross the 180th meridian jump from 180 to -180: let them run on; one that goes round a pole closes there.
    function unroll(ring) {
      let turns = 0
      const run = ring.map(([lon, lat], i) => {
        if (i > 0) turns -= Math.round((lon - ring[i - 1][0]) / 360) * 360
        return [lon + turns, lat]
      })
      const last = run[run.length - 1][0]
      return last === run[0][0] ? run : [...run.slice(0, -1), [last, run[0][1]], [last, -90], [run[0][0], -90], run[0]]
    }
    for (const { geometry } of feature(world, world.objects.land).features)
      for (const rings of geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates)
        console.log(JSON.stringify({ type: "Polygon", coordinates: rings.map(unroll) }))' "$scale" |
  psql -qAtX -c 'create temporary table given (n serial, j text)' -c 'copy given (j) from stdin' -c "
    select '$scale ' || translate(encode(st_astwkb(st_geomfromgeojson(j), 3), 'base64'), E'\n', '') from given order by n"
done
cat <<'SQL'
$land$, E'\n'), E'\n') as line) as given (fine, geom)
cross join lateral st_collectionextract(st_clipbybox2d(given.geom, st_makeenvelope(-180, -85.05, 180, 85.05)), 3) as area
cross join lateral (
  select (st_dump(case when given.fine then st_collect(p.geom) else area end)).geom
  from st_subdivide(area, 128) as p(geom)) piece;

create index land_geom on register.land using gist (geom) where fine;
analyze register.land;
SQL
