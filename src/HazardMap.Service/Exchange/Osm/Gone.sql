-- executed by: OsmVillageTests
-- Came from an earlier version of this extract and are not in this one: reported, never deleted here.
with gone as (
  select o.entity, o.code from register.osm_origins o
  where o.extract = current_setting('hazardmap.extract')
    and not exists (select from osm_hazards s where o.entity = 'Hazards' and s.code = o.code)
    and not exists (select from osm_facilities s where o.entity = 'Facilities' and s.code = o.code)
    and not exists (select from osm_divisions s where o.entity = 'Divisions' and s.code = o.code)
    and (exists (select from register.hazards h where o.entity = 'Hazards' and h.code = o.code)
      or exists (select from register.facilities f where o.entity = 'Facilities' and f.code = o.code)
      or exists (select from register.divisions d where o.entity = 'Divisions' and d.code = o.code))
  union all
  select distinct 'Roads', 'way ' || e.way_id from register.road_edges e
  where e.origin = current_setting('hazardmap.extract') and not exists (select from osm_edges s where s.way_id = e.way_id))
select entity, count(*)::int, (array_agg(code order by code))[1:10] as examples from gone group by entity order by entity
