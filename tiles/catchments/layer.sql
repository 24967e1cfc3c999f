-- Catchments of the run that was shown last: the bands of all facilities dissolved, and from z11 those of each facility.
create function tiles.catchments(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  box   constant geometry := tiles.box(z, x, y, 1 / 64.0);
  shown constant uuid := tiles.shown_coverage();
begin
  if tiles.areas() is not null then return ''; end if;   -- a run measures the register as a whole
  return (
    with
    -- The widest band lies lowest.
    areas as (
      select tiles.feature_id(id) as feature, id::text as id, case when facility_id is null then 'all' else 'facility' end as of,
             facility_id::text as facility, name, band, distance, demand, tiles.shape(area::geometry, z, x, y) as geom
      from register.catchment_areas
      where run_id = shown and area::geometry && box and (facility_id is null or z >= 11)
      order by facility_id is not null, band desc, code)
    select st_asmvt(areas, 'catchments', 4096, 'geom', 'feature') from areas where geom is not null);
end $$;

create function tiles.shown_coverage() returns uuid
language sql stable parallel safe as $$
  select id from register.coverage_runs where state = 'Done' and shown_at is not null order by shown_at desc, id desc limit 1
$$;

create function tiles.catchments_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '服务范围 Catchments', 'minzoom', 0, 'maxzoom', 15,
    'bounds', tiles.bounds((select st_extent(area::geometry)::box2d from register.catchment_areas where run_id = tiles.shown_coverage()
      and tiles.areas() is null)),
    'attribution', '© OpenStreetMap contributors (ODbL)',
    'vector_layers', jsonb_build_array(jsonb_build_object('id', 'catchments', 'minzoom', 0, 'maxzoom', 15,
      'description', 'areas within each band of the coverage run shown; of = all (dissolved) or facility', 'fields', jsonb_build_object(
        'id', 'String', 'of', 'String', 'facility', 'String', 'name', 'String', 'band', 'Number', 'distance', 'String',
          'demand', 'Number'))))
$$;
