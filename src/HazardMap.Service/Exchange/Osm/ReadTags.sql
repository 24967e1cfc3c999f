-- executed by: OsmVillageTests
-- Objects of the file by tag, before anything is left out: to be compared with what osmium or ogr2ogr count.
select part_of, tag, count(*)::int from (
  select 'hazards' as part_of, tag, osm_type, osm_id from import_osm.waters
  union select 'facilities', tag, osm_type, osm_id from import_osm.facilities
  union select 'divisions', tag, osm_type, osm_id from import_osm.divisions
  union select 'settlements', tag, osm_type, osm_id from import_osm.settlements
  union select 'settlements', tag, osm_type, osm_id from import_osm.homes
  union select 'roads', 'highway=' || class, osm_type, osm_id from import_osm.roads
  union select part_of, tag, osm_type, osm_id from import_osm.skipped) objects
group by part_of, tag order by part_of, tag
