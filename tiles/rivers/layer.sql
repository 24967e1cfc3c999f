-- Reference river lines (not hazards: nobody answers for them).
create function tiles.rivers(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
begin
  return (
    with lines as (
      select id as feature, id::text as id, name, kind, tiles.shape(geom, z, x, y) as geom
      from register.rivers where rivers.geom && box order by id)
    select st_asmvt(lines, 'rivers', 4096, 'geom', 'feature') from lines where geom is not null);
end $$;

create function tiles.rivers_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '河流 Rivers', 'minzoom', 0, 'maxzoom', 14,
    'bounds', tiles.bounds((select st_extent(geom)::box2d from register.rivers)),
    'vector_layers', jsonb_build_array(jsonb_build_object('id', 'rivers', 'minzoom', 0, 'maxzoom', 14, 'description', 'river centre lines',
      'fields', jsonb_build_object('id', 'String', 'name', 'String', 'kind', 'String'))))
$$;
