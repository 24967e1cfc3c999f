-- executed by: OsmVillageTests
select count(*)::int from osm_recut
