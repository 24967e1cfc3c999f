-- executed by: OsmVillageTests
select part_of, tag, reason, count(*)::int, (array_agg(lower(osm_type) || osm_id order by osm_type, osm_id))[1:10] as examples
from import_osm.skipped group by part_of, tag, reason order by part_of, tag, count(*) desc, reason
