-- executed by: OsmVillageTests
select entity, kind, count(*) filter (where outcome = 'inserted')::int as inserted,
       count(*) filter (where outcome in ('updated', 'moved'))::int as updated,
       count(*) filter (where outcome = 'unchanged')::int as unchanged
from (
  select 'divisions' as entity, level as kind, outcome from osm_divisions
  union all select 'hazards', kind, outcome from osm_hazards
  union all select 'facilities', kind, outcome from osm_facilities
  union all select 'settlements', kind, outcome from osm_settlements
  union all select 'roads', class, outcome from osm_edges) all_of_them
group by entity, kind order by entity, kind
