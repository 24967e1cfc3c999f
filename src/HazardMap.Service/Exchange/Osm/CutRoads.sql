-- executed by: OsmVillageTests
-- Cut the highways at junctions: a node that two ways share, or that one way passes twice. Where the extract lacks a
-- node the way is broken off, never bridged. A road across 180 degrees is two edges that meet there, at a junction of its own.
create temp table osm_edges on commit drop as
with
-- every node of every road that the extract holds, in order; immediate repetitions count once
steps as (
  select r.osm_id as way_id, u.place, u.node,
         n.lon / 1e7::float8 as lon, n.lat / 1e7::float8 as lat,
         lag(u.node) over way as before
  from import_osm.roads r
  join import_osm.planet_osm_ways w on w.id = r.osm_id
  cross join unnest(w.nodes) with ordinality as u(node, place)
  left join import_osm.planet_osm_nodes n on n.id = u.node
  window way as (partition by r.osm_id order by u.place)),
known_steps as (
  select way_id, place::float8 as place, node, lon, lat, false as begins,
         lag(lon) over way as lon_before, lag(lat) over way as lat_before
  from steps where node is distinct from before
  window way as (partition by way_id order by place)),
-- where a step crosses 180 degrees: the latitude there, on the straight line between its nodes
crossings as (
  select way_id, place, sign(lon_before) * 180 as side, -(way_id * 8192 + place::bigint) as node,
         lat_before + (lat - lat_before) * (180 - abs(lon_before)) / nullif(360 - abs(lon - lon_before), 0) as lat
  from known_steps where abs(lon - lon_before) > 180 and abs(lon) < 180 and abs(lon_before) < 180),
held as (
  select way_id, place, node, lon, lat, begins from known_steps
  union all select way_id, place - 0.6, node, side, lat, false from crossings
  union all select way_id, place - 0.4, node, -side, lat, true from crossings),
-- stretches between gaps in the extract
known as (
  select h.*, count(*) filter (where lon is null or begins) over (partition by way_id order by place) as stretch from held h),
points as (select way_id, place, node, stretch, st_setsrid(st_makepoint(lon, lat), 4326) as point from known where lon is not null),
junctions as (select node from points group by node having count(*) > 1),
-- the number of junctions since the stretch began is the piece's number
numbered as (
  select p.*, j.node is not null and p.place > min(p.place) over whole as is_cut,
         count(*) filter (where j.node is not null) over so_far
           - first_value((j.node is not null)::int) over so_far as piece
  from points p left join junctions j using (node)
  window whole as (partition by p.way_id, p.stretch), so_far as (partition by p.way_id, p.stretch order by p.place)),
-- a junction inside a stretch ends one piece and begins the next
pieces as (
  select way_id, stretch, piece, place, node, point from numbered
  union all
  select way_id, stretch, piece - 1, place, node, point from numbered where is_cut),
lines as (
  select way_id, stretch, piece, st_makeline(point order by place) as geom,
         (array_agg(node order by place))[1] as source, (array_agg(node order by place desc))[1] as target
  from pieces group by way_id, stretch, piece having count(*) > 1)
select l.way_id, row_number() over (partition by l.way_id order by l.stretch, l.piece)::int - 1 as segment, l.source, l.target,
       r.class, left(r.name, 200) as name, l.geom, st_length(l.geom::geography) as length_metres, r.speed_kmh::float8 as speed_kmh,
       r.walk_forward, r.walk_backward, r.drive_forward, r.drive_backward,
       st_lineinterpolatepoint(l.geom, 0.5) as position, '0000' as division_code, null::text as outcome
from lines l join import_osm.roads r on r.osm_id = l.way_id
where st_length(l.geom) > 0;
