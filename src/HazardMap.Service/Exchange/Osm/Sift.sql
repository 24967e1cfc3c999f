-- executed by: OsmVillageTests
-- Sift what osm2pgsql staged: whatever cannot become a sound row moves to import_osm.skipped with its reason.
-- What is left in waters, facilities and divisions is complete, valid and once only.

-- A line that leaves the extract keeps the stretches that are inside; a gap is never bridged.
with
-- waterways of which the extract lacks nodes
torn as (
  select s.osm_id from import_osm.waters s join import_osm.planet_osm_ways w on w.id = s.osm_id
  where s.osm_type = 'W' and s.tag like 'waterway=%'
    and exists (select from unnest(w.nodes) as u(node) left join import_osm.planet_osm_nodes n on n.id = u.node where n.id is null)),
nodes as (
  select t.osm_id, u.place, n.lon / 1e7::float8 as lon, n.lat / 1e7::float8 as lat,
         n.id is null or abs(n.lon - lag(n.lon) over (partition by t.osm_id order by u.place)) > 1800000000 as is_gap
  from torn t join import_osm.planet_osm_ways w on w.id = t.osm_id
  cross join unnest(w.nodes) with ordinality as u(node, place)
  left join import_osm.planet_osm_nodes n on n.id = u.node),
known as (
  select *, count(*) filter (where is_gap) over (partition by osm_id order by place) as stretch from nodes),
stretches as (
  select osm_id, stretch, st_makeline(st_setsrid(st_makepoint(lon, lat), 4326) order by place) as line
  from known where lon is not null group by osm_id, stretch having count(*) > 1)
update import_osm.waters s set geom = k.kept
from (select t.osm_id, case when count(x.line) > 1 then st_collect(x.line) else min(x.line::text)::geometry end as kept
      from torn t left join stretches x using (osm_id) group by t.osm_id) k
where s.osm_type = 'W' and s.osm_id = k.osm_id;

create temp table osm_broken on commit drop as
with
-- members of relations that the extract does not hold
missing_members as (
  select m.osm_id, count(*) as missing
  from import_osm.members m left join import_osm.planet_osm_ways w on w.id = m.way_id
  where w.id is null group by m.osm_id),
-- every staged shape, with the table it waits in
staged as (
  select 'waters' as waits_in, 'hazards' as part_of, osm_type, osm_id, tag, geom from import_osm.waters
  union all select 'facilities', 'facilities', osm_type, osm_id, tag, geom from import_osm.facilities
  union all select 'divisions', 'divisions', osm_type, osm_id, tag, geom from import_osm.divisions),
-- nodes of staged ways that the extract does not hold: the shape would be cut short
missing_nodes as (
  select s.osm_id, count(*) as missing
  from (select distinct osm_id from staged where osm_type = 'W' and (geom is null or tag not like 'waterway=%')) s
  join import_osm.planet_osm_ways w on w.id = s.osm_id
  cross join unnest(w.nodes) as u(node)
  left join import_osm.planet_osm_nodes n on n.id = u.node
  where n.id is null group by s.osm_id),
-- a way that outlines a water relation: the relation carries the shape with its islands
outlines as (
  select m.way_id, min(m.osm_id) as relation
  from import_osm.members m join import_osm.waters r on r.osm_type = 'R' and r.osm_id = m.osm_id and r.geom is not null
  where m.part_of = 'waters' and m.role in ('outer', '') group by m.way_id),
judged as (
  select s.waits_in, s.part_of, s.osm_type, s.osm_id, s.tag,
         case when mm.missing is not null then 'incomplete in this extract: ' || mm.missing || ' member ways are missing'
              when mn.missing is not null then 'incomplete in this extract: ' || mn.missing || ' nodes are missing'
              when s.geom is null then 'broken geometry: no valid line or area can be built from its nodes'
              when st_isempty(s.geom) then 'broken geometry: empty'
              when not st_isvalid(s.geom) then 'broken geometry: ' || st_isvalidreason(s.geom)
              when st_dimension(s.geom) = 1 and st_length(s.geom) = 0 then 'broken geometry: no length'
              when o.relation is not null then 'outline of relation ' || o.relation || ', imported there' end as reason
  from staged s
  left join missing_members mm on s.osm_type = 'R' and mm.osm_id = s.osm_id
  left join missing_nodes mn on s.osm_type = 'W' and mn.osm_id = s.osm_id and (s.geom is null or s.tag not like 'waterway=%')
  left join outlines o on s.waits_in = 'waters' and s.osm_type = 'W' and s.tag not like 'waterway=%' and o.way_id = s.osm_id)
select * from judged where reason is not null;

insert into import_osm.skipped (osm_type, osm_id, part_of, tag, reason)
select osm_type, osm_id, part_of, tag, reason from osm_broken;
delete from import_osm.waters t using osm_broken b where b.waits_in = 'waters' and (t.osm_type, t.osm_id) = (b.osm_type, b.osm_id);
delete from import_osm.facilities t using osm_broken b where b.waits_in = 'facilities' and (t.osm_type, t.osm_id) = (b.osm_type, b.osm_id);
delete from import_osm.divisions t using osm_broken b where b.waits_in = 'divisions' and (t.osm_type, t.osm_id) = (b.osm_type, b.osm_id);
