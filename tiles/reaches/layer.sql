-- Reaches of long waters, coloured by their own score: drawn over the water's shape when the rule in use scores reaches.
create function tiles.reaches(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
  areas constant text[] := tiles.areas();
begin
  if z < 10 then return ''; end if;
  return (
    with reaches as (
      select tiles.feature_id(hazard_id) + ordinal as feature, hazard_id::text as id, ordinal, level, score, from_metres, to_metres,
             tiles.shape(shape::geometry, z, x, y) as geom
      from register.hazard_reaches
      where shape::geometry && box and (areas is null or exists (
        select from register.hazards h where h.id = hazard_id and tiles.is_within(h.division_code, areas)))
      order by score, hazard_id, ordinal)   -- the worst is drawn last, on top
    select st_asmvt(reaches, 'reaches', 4096, 'geom', 'feature') from reaches where geom is not null);
end $$;

create function tiles.reaches_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '河段 Reaches', 'minzoom', 10, 'maxzoom', 16,
    'bounds', tiles.bounds(case when tiles.areas() is null then (select st_extent(shape::geometry)::box2d from register.hazard_reaches)
      else tiles.extent_of('hazards') end),
    'vector_layers', jsonb_build_array(jsonb_build_object('id', 'reaches', 'minzoom', 10, 'maxzoom', 16,
      'description', 'reaches of long waters by their own level; id is the water''s',
      'fields', jsonb_build_object('id', 'String', 'ordinal', 'Number', 'level', 'String', 'score', 'Number', 'from_metres', 'Number',
        'to_metres', 'Number'))))
$$;
