-- The square grid of web maps: zoom z has 2^z columns from the west and 2^z rows from the north (Web Mercator).
-- Written as plain arithmetic: it inlines, it is exact at the world's edges (a transform wraps longitudes beyond 180),
-- and it is several times faster than ST_Transform for points.

-- Where a longitude lies between the grid's west edge (0) and its east edge (1).
create function tiles.across(longitude double precision) returns double precision
language sql immutable parallel safe as $$ select (longitude + 180) / 360 $$;

-- Where a latitude lies between the grid's north edge (0) and its south edge (1); beyond the grid it is on the edge.
create function tiles.down(latitude double precision) returns double precision
language sql immutable parallel safe as $$
  select 0.5 - asinh(tan(radians(least(greatest(latitude, -85.0511287798066), 85.0511287798066)))) / (2 * pi())
$$;

create function tiles.latitude(down double precision) returns double precision
language sql immutable parallel safe as $$ select degrees(atan(sinh(pi() * (1 - 2 * down)))) $$;

-- The tile's box in degrees, widened by a margin (a share of the tile's side). The first and last rows reach the poles.
-- Indexes hold degrees: transform the query box, never the column.
create function tiles.box(z integer, x integer, y integer, margin double precision) returns geometry
language sql immutable parallel safe as $$
  select st_makeenvelope(
    greatest((x - margin) / 2 ^ z * 360 - 180, -180),
    case when y = 2 ^ z - 1 then -90 else tiles.latitude((y + 1 + margin) / 2 ^ z) end,
    least((x + 1 + margin) / 2 ^ z * 360 - 180, 180),
    case when y = 0 then 90 else tiles.latitude((y - margin) / 2 ^ z) end, 4326)
$$;

-- A point in the tile's own coordinates: 4096 units a side, y downwards.
create function tiles.point(place geometry, z integer, x integer, y integer) returns geometry
language sql immutable parallel safe as $$
  select st_makepoint(round((tiles.across(st_x(place)) * 2 ^ z - x) * 4096), round((tiles.down(st_y(place)) * 2 ^ z - y) * 4096))
$$;

-- A line or polygon in the tile's own coordinates, clipped 64 units outside it and simplified to what a screen shows
-- (half a pixel of a 512-pixel tile). Cut roughly first: a small tile need not transform a whole county.
create function tiles.shape(shape geometry, z integer, x integer, y integer) returns geometry
language sql immutable parallel safe as $$
  select st_asmvtgeom(
    st_simplify(
      st_transform(st_clipbybox2d(shape, st_makeenvelope((x - 0.03) / 2 ^ z * 360 - 180, tiles.latitude((y + 1.03) / 2 ^ z),
                                                         (x + 1.03) / 2 ^ z * 360 - 180, tiles.latitude((y - 0.03) / 2 ^ z), 4326)), 3857),
      40075016.68557849 / 2 ^ z / 1024, true),
    st_tileenvelope(z, x, y), 4096, 64, true)
$$;

-- A whole number from a UUID that JavaScript holds exactly, as a feature's id.
create function tiles.feature_id(id uuid) returns bigint
language sql immutable parallel safe as $$ select uuid_hash_extended(id, 0) & 9007199254740991 $$;

-- The same from a code.
create function tiles.feature_id(code text) returns bigint
language sql immutable parallel safe as $$ select hashtextextended(code, 0) & 9007199254740991 $$;

-- West, south, east, north of an extent for TileJSON; the whole world where there is nothing yet.
create function tiles.bounds(extent box2d) returns jsonb
language sql immutable parallel safe as $$
  select case when extent is null then jsonb_build_array(-180, -85.051129, 180, 85.051129)
    else jsonb_build_array(round(st_xmin(extent)::numeric, 6), round(greatest(st_ymin(extent), -85.051129)::numeric, 6),
                           round(st_xmax(extent)::numeric, 6), round(least(st_ymax(extent), 85.051129)::numeric, 6)) end
$$;
