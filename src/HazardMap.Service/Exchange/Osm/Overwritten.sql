-- executed by: OsmAgainTests
select entity, code, field, was, now from osm_news where is_overwritten order by entity, code, field
