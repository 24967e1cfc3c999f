-- executed by: OsmVillageTests
-- Came from an earlier version of this extract and are not in this one: reported, never deleted here.
with
-- EXCEPT, not NOT EXISTS: its plan is good before the tables that were just filled have statistics
absent as (
  select entity, code from register.osm_origins where extract = current_setting('hazardmap.extract')
  except select 'Hazards', code from osm_hazards
  except select 'Facilities', code from osm_facilities
  except select 'Settlements', code from osm_settlements
  except select 'Divisions', code from osm_divisions),
absent_ways as (
  select way_id from register.road_edges where origin = current_setting('hazardmap.extract')
  except select way_id from osm_edges),
gone as (
  select entity, code from absent a
  where exists (select from register.hazards h where a.entity = 'Hazards' and h.code = a.code)
     or exists (select from register.facilities f where a.entity = 'Facilities' and f.code = a.code)
     or exists (select from register.settlements s where a.entity = 'Settlements' and s.code = a.code)
     or exists (select from register.divisions d where a.entity = 'Divisions' and d.code = a.code)
  union all select 'Roads', 'way ' || way_id from absent_ways)
select entity, count(*)::int, (array_agg(code order by code))[1:10] as examples from gone group by entity order by entity
