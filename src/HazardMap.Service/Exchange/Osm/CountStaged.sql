-- executed by: OsmVillageTests
select (select count(*) from import_osm.planet_osm_nodes), (select count(*) from import_osm.planet_osm_ways),
       (select count(*) from import_osm.waters) + (select count(*) from import_osm.facilities)
       + (select count(*) from import_osm.settlements) + (select count(*) from import_osm.homes)
       + (select count(*) from import_osm.divisions) + (select count(*) from import_osm.roads) + (select count(*) from import_osm.skipped)
