-- executed by: OsmAgainTests
-- The newest extract that spoke of anything staged here: when it is of, and of what it spoke.
with
imported as (
  select distinct on (report #>> '{extract,name}') report #>> '{extract,name}' as extract,
         (report #>> '{extract,asOf}')::timestamptz as as_of
  from register.imports where kind = 'osm' and report #>> '{extract,name}' is not null
  order by report #>> '{extract,name}', imported_at desc),
known as (
  select o.as_of, o.code as what from register.osm_origins o join osm_hazards s on o.entity = 'Hazards' and o.code = s.code
  union all
  select o.as_of, o.code from register.osm_origins o join osm_facilities s on o.entity = 'Facilities' and o.code = s.code
  union all
  select o.as_of, o.code from register.osm_origins o join osm_settlements s on o.entity = 'Settlements' and o.code = s.code
  union all
  select o.as_of, o.code from register.osm_origins o join osm_divisions s on o.entity = 'Divisions' and o.code = s.code
  union all
  select i.as_of, min(e.way) from imported i
  join (select distinct on (r.origin) r.origin, 'way ' || r.way_id as way
        from register.road_edges r join osm_edges s using (way_id, segment) order by r.origin, r.way_id) e on e.origin = i.extract
  group by i.as_of)
select as_of, what from known where as_of is not null order by as_of desc, what limit 1
