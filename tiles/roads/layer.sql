-- Roads of the imported network. Main roads from z6, minor ones as one comes closer; below z13 the edges of a class are
-- one feature, from z13 one feature an edge, with its id.
create function tiles.roads(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  box     constant geometry := tiles.box(z, x, y, 1 / 64.0);
  classes constant text[] := tiles.road_classes(z);
begin
  return (
    with
    -- Edges near the tile; those that are drawn together share a key.
    near as (
      select case when z >= 13 then id end as edge, class, case when z >= 13 then name end as name, geom
      from register.road_edges where road_edges.geom && box and class = any (classes)),
    lines as (
      select coalesce(edge, tiles.feature_id(class)) as feature, edge::text as id, class, name,
             tiles.shape(st_collect(geom order by st_xmin(geom)), z, x, y) as geom
      from near group by edge, class, name order by array_position(classes, class) desc, edge)
    select st_asmvt(lines, 'roads', 4096, 'geom', 'feature') from lines where geom is not null);
end $$;

-- The classes (highway=*) drawn at a zoom, the most important first.
create function tiles.road_classes(z integer) returns text[]
language sql immutable strict parallel safe as $$
  select array_agg(class order by place)
  from unnest('{motorway,trunk,primary,motorway_link,trunk_link,primary_link,secondary,secondary_link,tertiary,tertiary_link,
                unclassified,residential,living_street,pedestrian,road,service,track,cycleway,bridleway,path,footway,steps,
                corridor,platform}'::text[],
              '{6,6,7,9,9,9,9,10,10,11,11,12,12,13,12,13,12,13,13,13,14,14,15,15}'::integer[])
       with ordinality as classes (class, from_zoom, place)
  where z >= from_zoom
$$;

create function tiles.roads_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '道路 Roads', 'minzoom', 6, 'maxzoom', 15,
    'bounds', tiles.bounds((select st_extent(geom)::box2d from register.road_edges)),
    'attribution', '© OpenStreetMap contributors (ODbL)',
    'vector_layers', jsonb_build_array(jsonb_build_object('id', 'roads', 'minzoom', 6, 'maxzoom', 15,
      'description', 'roads by class (highway=*)', 'fields', jsonb_build_object('id', 'String', 'class', 'String', 'name', 'String'))))
$$;
