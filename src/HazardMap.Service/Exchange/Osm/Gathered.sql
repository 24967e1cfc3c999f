-- executed by: OsmSettlementTests
-- How many homes were gathered in how many cells.
select coalesce(sum(homes), 0)::integer, count(*)::integer from osm_settlements where kind = 'Building'
