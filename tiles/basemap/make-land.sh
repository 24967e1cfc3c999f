#!/bin/sh
# Makes geodata/basemap/land.txt anew: tiles/basemap/make-land.sh FOLDER > geodata/basemap/land.txt
# Needs Node, psql on any PostGIS database (PG* variables), and FOLDER with: npm install world-atlas@2.0.2 topojson-client@3.1.0
# A line is one polygon: scale, and TWKB with 3 decimals (100 m) in base64. geodata/basemap/land.sql makes rows of them.
set -e
cd "${1:?usage: tiles/basemap/make-land.sh FOLDER_WITH_node_modules}"
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
