-- executed by: OsmAntimeridianTests
-- What crosses 180 degrees comes from osm2pgsql drawn around the other side of the earth. It is built anew from its nodes with
-- western longitudes counted on beyond 180, and cut there, as RFC 7946 (3.1.9) wants.
create temp table osm_crossing on commit drop as
with
-- shapes wider than half the earth, or of which none could be built
wide as (
  select osm_type, osm_id from import_osm.waters where geom is null or st_xmax(geom) - st_xmin(geom) > 180
  union select osm_type, osm_id from import_osm.facilities where geom is null or st_xmax(geom) - st_xmin(geom) > 180
  union select osm_type, osm_id from import_osm.divisions where geom is null or st_xmax(geom) - st_xmin(geom) > 180),
drawn_by as (
  select osm_type, osm_id, osm_id as way_id from wide where osm_type = 'W'
  union select w.osm_type, w.osm_id, m.way_id from wide w join import_osm.members m on m.osm_id = w.osm_id where w.osm_type = 'R'),
steps as (
  select d.way_id, u.place, n.lon / 1e7::float8 as lon, n.lat / 1e7::float8 as lat,
         lag(n.lon) over (partition by d.way_id order by u.place) / 1e7::float8 as lon_before
  from (select distinct way_id from drawn_by) d
  join import_osm.planet_osm_ways w on w.id = d.way_id
  cross join unnest(w.nodes) with ordinality as u(node, place)
  join import_osm.planet_osm_nodes n on n.id = u.node),
lines as (
  select way_id, bool_or(abs(lon - lon_before) > 180) as crosses,
         st_makeline(st_setsrid(st_makepoint(case when lon < 0 then lon + 360 else lon end, lat), 4326) order by place) as line
  from steps group by way_id having count(*) > 1)
select d.osm_type, d.osm_id, case when count(*) > 1 then st_collect(l.line) else min(l.line::text)::geometry end as lines
from drawn_by d join lines l using (way_id)
group by d.osm_type, d.osm_id having bool_or(l.crosses);

-- A waterway stays a line; what is closed is an area.
create temp table osm_cut on commit drop as
select s.waits_in, c.osm_type, c.osm_id,
       case when s.tag like 'waterway=%' or built.area is null and c.osm_type = 'W' then st_wrapx(c.lines, 180, -360)
            else st_multi(st_wrapx(built.area, 180, -360)) end as geom
from osm_crossing c
join (select 'waters' as waits_in, osm_type, osm_id, tag from import_osm.waters
      union all select 'facilities', osm_type, osm_id, tag from import_osm.facilities
      union all select 'divisions', osm_type, osm_id, tag from import_osm.divisions) s using (osm_type, osm_id)
cross join lateral (select st_buildarea(c.lines) as area) built;

update import_osm.waters s set geom = c.geom from osm_cut c
where c.waits_in = 'waters' and (s.osm_type, s.osm_id) = (c.osm_type, c.osm_id);
update import_osm.facilities s set geom = c.geom from osm_cut c
where c.waits_in = 'facilities' and (s.osm_type, s.osm_id) = (c.osm_type, c.osm_id);
update import_osm.divisions s set geom = c.geom from osm_cut c
where c.waits_in = 'divisions' and (s.osm_type, s.osm_id) = (c.osm_type, c.osm_id);
