-- executed by: OsmVillageTests
-- How well the imported roads hang together: nodes, edges and kilometres of the largest connected part.
with parts as (
  select node, component from pgr_connectedcomponents(
    'select way_id * 16384 + segment as id, source, target, 1::float8 as cost, 1::float8 as reverse_cost from osm_edges where '
    || case $1 when 'walk' then 'walk_forward or walk_backward' else 'drive_forward or drive_backward' end)),
edges as (
  select p.component, count(*) as edges, sum(e.length_metres) as metres
  from osm_edges e join parts p on p.node = e.source
  where case $1 when 'walk' then e.walk_forward or e.walk_backward else e.drive_forward or e.drive_backward end
  group by p.component),
nodes as (select component, count(*) as nodes from parts group by component)
select coalesce(sum(edges), 0)::bigint as edges, coalesce(sum(nodes), 0)::bigint as nodes, count(*) as parts,
       coalesce(sum(metres), 0) / 1000 as kilometres,
       coalesce(max(nodes) / nullif(sum(nodes), 0), 0)::float8 as largest_share_of_nodes,
       coalesce(max(metres) / nullif(sum(metres), 0), 0)::float8 as largest_share_of_length
from edges join nodes using (component)
