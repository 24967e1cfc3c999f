-- Ways to school: the shortest walking paths as they are kept, and the waters near them. Names and levels are the layers' of
-- facilities and hazards: this one is redrawn where a way or a water beside it changes.
create function tiles.ways(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
begin
  if z < 9 then return ''; end if;
  return tiles.way_lines(z, x, y) || tiles.way_waters(z, x, y);
end $$;

create function tiles.way_lines(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
  areas constant text[] := tiles.areas();
begin
  return (
    with ways as (
      select hashtextextended(concat_ws('|', w.facility_id, w.origin_kind, w.origin), 0) & 9007199254740991 as feature,
             w.facility_id::text as id, w.origin_kind, w.origin, w.origin_name,
             round(w.children::numeric, 1)::float8 as children,
             round((w.door_metres + w.path_metres + w.gate_metres)::numeric, 1)::float8 as metres,
             tiles.shape(w.geom, z, x, y) as geom
      from register.ways w
      where w.geom && box and (areas is null or exists (
        select from register.facilities f where f.id = w.facility_id and tiles.is_within(f.division_code, areas)))
      order by w.children, w.facility_id, w.origin)
    select st_asmvt(ways, 'ways', 4096, 'geom', 'feature') from ways where geom is not null);
end $$;

create function tiles.way_waters(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
  areas constant text[] := tiles.areas();
begin
  return (
    with
    -- one point a water, whichever schools' ways pass it
    waters as (
      select tiles.feature_id(w.hazard_id) as feature, w.hazard_id::text as id,
             count(*)::integer as schools, round(min(w.nearest_metres)::numeric, 1)::float8 as nearest_metres,
             round(sum(w.children)::numeric, 1)::float8 as children, round(sum(w.child_minutes)::numeric, 1)::float8 as child_minutes,
             tiles.point(w.geom, z, x, y) as geom
      from register.way_waters w
      where w.geom && box and (areas is null or exists (
        select from register.hazards h where h.id = w.hazard_id and tiles.is_within(h.division_code, areas)))
      group by w.hazard_id, w.geom
      order by sum(w.child_minutes), w.hazard_id)
    select st_asmvt(waters, 'way_waters', 4096, 'geom', 'feature') from waters);
end $$;

create function tiles.ways_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '上学路 Ways to school', 'minzoom', 9, 'maxzoom', 16,
    'description', coalesce((select 'as of ' || to_char(greatest(computed_at,
      (select caught_up_at from register.way_state)) at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ', waters within ' || within_metres || ' m'
                             from register.way_runs order by computed_at desc limit 1), 'never computed: ./hazardmap ways'),
    'bounds', tiles.bounds(case when tiles.areas() is null then (select st_extent(geom)::box2d from register.ways)
      else tiles.extent_of('facilities') end),
    'vector_layers', jsonb_build_array(
      jsonb_build_object('id', 'ways', 'minzoom', 9, 'maxzoom', 16, 'description', 'one line a way; id is the school''s',
        'fields', jsonb_build_object('id', 'String', 'origin_kind', 'String', 'origin', 'String',
          'origin_name', 'String', 'children', 'Number', 'metres', 'Number')),
      jsonb_build_object('id', 'way_waters', 'minzoom', 9, 'maxzoom', 16, 'description', 'one point a water near a way',
        'fields', jsonb_build_object('id', 'String', 'schools', 'Number',
          'nearest_metres', 'Number', 'children', 'Number', 'child_minutes', 'Number'))))
$$;
