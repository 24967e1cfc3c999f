-- Ways on foot once more, independently: PostGIS finds where doors and waters meet the roads, pgRouting walks.
-- 32 doors and 32 waters, the same ones each time.
create temp table edges on commit drop as
select id, source, target, cost, reverse_cost, st_segmentize(geom::geography, 50)::geometry as geom from register.walk_edges;
create index on edges using gist (geom);
create index on edges using gist ((geom::geography));
create temp table doors on commit drop as
select row_number() over (order by e.id)::int as id,
       st_project(st_pointn(e.geom, 1 + abs(hashint8(e.id)) % st_npoints(e.geom))::geography, abs(hashint8(e.id + 1)) % 300,
         abs(hashint8(e.id + 2)) % 360)::geometry as shape
from (select * from edges order by hashint8(id) limit 32) e;
create temp table waters on commit drop as
with candidates as (
  select 0 as turn, code, st_segmentize(shape, 50)::geometry as shape from register.hazards
  union all
  select 1, id::text, st_project(st_startpoint(geom)::geography, abs(hashint8(id + 3)) % 400, abs(hashint8(id + 4)) % 360)::geometry
    from edges),
chosen as (select * from candidates order by turn, hashtext(code) limit 32)
select row_number() over (order by turn, code)::int as id, shape from chosen
-- part --
create temp table contacts on commit drop as
with places as (
  select id, shape from doors union all select 100000 + id, shape from waters),
-- How near the network comes: of the edges that come nearest in the plane of degrees, exactly.
nearest as (
  select p.id, p.shape, n.metres, n.middle
  from places p cross join lateral (
    select st_distance(e.geom::geography, p.shape::geography) as metres, st_closestpoint(e.geom, p.shape) as middle
    from (select geom from edges order by edges.geom <-> p.shape limit 60) e order by 1 limit 1) n),
-- Every edge that comes as near, in a plane around that place, where metres are metres.
flat as (
  select n.id, e.id as edge, e.geom, plane, st_transform(e.geom, plane) as road, st_transform(n.shape, plane) as water
  from nearest n join edges e on st_dwithin(e.geom::geography, n.shape::geography, n.metres * 1.01 + 0.5)
  cross join lateral (select format('+proj=aeqd +lat_0=%s +lon_0=%s +datum=WGS84', st_y(middle), st_x(middle)) as plane) p),
measured as (
  select *, st_distance(road, water) as apart, min(st_distance(road, water)) over (partition by id) as least from flat),
-- The one nearest point of a road, or all that road and water share.
points as (
  select id, edge, measured.geom, apart, st_transform(st_setsrid(d.geom, 0), plane, 4326) as point
  from measured cross join lateral st_dumppoints(case when apart = 0 then st_intersection(road, water)
    else st_closestpoint(road, water) end) d
  where apart <= least + 0.001),
placed as (
  select id, edge, apart,
         st_length(st_linesubstring(geom, 0, st_linelocatepoint(geom, point))::geography) / nullif(st_length(geom::geography),
           0) as fraction
  from points)
select id, edge, apart, fraction, -- pgRouting wants points that are not junctions
       dense_rank() over (order by edge, fraction) as pid
from (select distinct id, edge, apart, least(greatest(coalesce(fraction, 0), 1e-7), 1 - 1e-7) as fraction from placed) p
-- part --
select d.id, w.id - 100000, min(d.apart + w.apart + case when d.pid = w.pid then 0 else c.agg_cost end)
from contacts d
join contacts w on d.id < 100000 and w.id > 100000
left join pgr_withpointscost(
  'select id, source, target, cost, reverse_cost from edges',
  'select distinct pid, edge as edge_id, fraction from contacts',
  (select array_agg(distinct -pid) from contacts where id < 100000), (select array_agg(distinct -pid) from contacts where id > 100000),
  true, 'b') c on c.start_pid = -d.pid and c.end_pid = -w.pid
where d.pid = w.pid or c.agg_cost is not null
group by d.id, w.id
