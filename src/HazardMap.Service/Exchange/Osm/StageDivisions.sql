-- executed by: OsmVillageTests
-- Divisions from boundary=administrative relations, parents before children. Codes are prefixes: osm.3.17 lies in osm.3.
-- A relation that the register knows keeps its code; where the register's own divisions are, no second set is laid.
create temp table osm_divisions on commit drop as
with recursive
-- complete relations outside the register's own divisions
own as materialized (
  select d.osm_id, left(coalesce(register.one_line(d.name), 'osm ' || d.osm_id), 200) as name, d.admin_level,
         st_multi(d.geom) as boundary,
         st_pointonsurface(d.geom) as centre, st_area(d.geom) as area, d.population
  from import_osm.divisions d
  where not exists (
    select from register.divisions r
    where r.code !~ '^osm\.' and r.boundary is not null
      and r.boundary::geometry && st_pointonsurface(d.geom) and st_covers(r.boundary::geometry, st_pointonsurface(d.geom)))),
-- the parent: the nearest higher admin_level that holds the centre
parents as materialized (
  select c.osm_id, p.osm_id as parent
  from own c
  left join lateral (
    select p.osm_id from own p
    where p.admin_level < c.admin_level and p.boundary && c.centre and st_covers(p.boundary, c.centre)
    order by p.admin_level desc, p.area limit 1) p on true),
-- codes that earlier imports gave to these relations
known as materialized (
  select r.code, r.parent_code, r.level, substring(r.code from '([0-9]+)$')::bigint as osm_id
  from register.divisions r where r.code ~ '^osm\.[0-9.]+$'),
tree as (
  select p.osm_id, coalesce(k.code, 'osm.' || p.osm_id) as code, k.parent_code, 1 as depth
  from parents p left join known k on k.osm_id = p.osm_id where p.parent is null
  union all
  select p.osm_id, coalesce(k.code, t.code || '.' || p.osm_id),
         case when k.code is null then t.code else k.parent_code end, t.depth + 1
  from tree t join parents p on p.parent = t.osm_id left join known k on k.osm_id = p.osm_id)
select t.code, t.parent_code, o.osm_id, o.name, o.boundary::geography as boundary, o.centre::geography as centre,
       (array['Prefecture', 'County', 'Township', 'Village'])[least(t.depth, 4)] as level,
       o.population, md5(o.name || encode(st_asbinary(o.boundary), 'hex')) as fingerprint,
       jsonb_build_object('Name', o.name, 'Boundary', md5(st_asbinary(st_normalize(o.boundary)))) as said
from tree t join own o using (osm_id) where length(t.code) <= 64;

insert into import_osm.skipped (osm_type, osm_id, part_of, tag, reason)
select 'R', d.osm_id, 'divisions', d.tag, 'the register''s own divisions lie there'
from import_osm.divisions d where not exists (select from osm_divisions o where o.osm_id = d.osm_id);

-- People of the places inside, of a division that does not state its own.
update osm_divisions s set population = p.people
from (select d.osm_id, sum(p.population)::integer as people
      from osm_divisions d join import_osm.settlements p on p.geom && d.boundary::geometry and st_covers(d.boundary::geometry, p.geom)
      where d.population is null and p.population is not null and geometrytype(p.geom) = 'POINT'
      group by d.osm_id having sum(p.population) <= 2000000000) p
where p.osm_id = s.osm_id;

-- What becomes of each is decided here, from what the last import said about it.
alter table osm_divisions add outcome text;
update osm_divisions s set outcome =
  case when not exists (select from register.divisions d where d.code = s.code) then 'inserted'
       when not exists (select from register.osm_origins o
                        where o.entity = 'Divisions' and o.code = s.code and o.fingerprint = s.fingerprint) then 'updated'
       else 'unchanged' end;
