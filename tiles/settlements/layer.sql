-- Where people live inside divisions: one point a hamlet or a cell of homes. Nothing below z11: there are millions in a nation.
create function tiles.settlements(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
  asked constant jsonb := tiles.asked_properties();
  areas constant text[] := tiles.areas();
begin
  if z < 11 then return ''; end if;
  return (
    with points as (
      select tiles.feature_id(id) as feature, id::text as id, code, kind, name, weight, tiles.point(location::geometry, z, x, y) as geom,
             case when asked is not null then tiles.properties_of_settlement(id, asked) end as besides
      from register.settlements where location::geometry && box and tiles.is_within(division_code, areas) order by id)
    select st_asmvt(points, 'settlements', 4096, 'geom', 'feature') from points);
end $$;

-- Of any property of the set. A function of its own: planned when something is asked for, not with every tile.
create function tiles.properties_of_settlement(settlement uuid, asked jsonb) returns jsonb
language sql stable parallel safe as $$
  select tiles.properties_of(to_jsonb(v), asked) from odata.settlements v where v.id = settlement
$$;

create function tiles.settlements_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '居民点 Settlements', 'minzoom', 11, 'maxzoom', 16,
    'bounds', tiles.bounds((select st_extent(location::geometry)::box2d from register.settlements
      where tiles.is_within(division_code, tiles.areas()))),
    'vector_layers', jsonb_build_array(jsonb_build_object('id', 'settlements', 'minzoom', 11, 'maxzoom', 16,
      'description', 'one point a place or a cell of homes; weight counts within its division',
      'fields', jsonb_build_object('id', 'String', 'code', 'String', 'kind', 'String', 'name', 'String', 'weight', 'Number'))))
$$;
