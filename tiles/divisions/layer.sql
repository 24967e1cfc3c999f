-- Administrative divisions: areas (divisions) and, for labels, their centres (division_centres), each in the one tile it
-- lies in. Prefectures and counties at every zoom, townships from z6, villages from z11.
create function tiles.divisions(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
begin
  return tiles.division_areas(z, x, y) || tiles.division_centres(z, x, y);
end $$;

create function tiles.division_areas(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box    constant geometry := tiles.box(z, x, y, 1 / 64.0);
  levels constant text[] := tiles.division_levels(z);
  mine   constant text[] := tiles.areas();
begin
  return (
    with areas as (
      select tiles.feature_id(code) as feature, code as id, code, name, level, tiles.shape(boundary::geometry, z, x, y) as geom
      from register.divisions
      where boundary::geometry && box and level = any (levels) and valid_to is null and tiles.is_within(code, mine)
      order by length(code), code)
    select st_asmvt(areas, 'divisions', 4096, 'geom', 'feature') from areas where geom is not null);
end $$;

create function tiles.division_centres(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box    constant geometry := tiles.box(z, x, y, 0);
  levels constant text[] := tiles.division_levels(z);
  mine   constant text[] := tiles.areas();
begin
  return (
    with centres as (
      select tiles.feature_id(code) as feature, code as id, code, name, level, tiles.point(centre::geometry, z, x, y) as geom
      from register.divisions
      where centre::geometry && box and level = any (levels) and valid_to is null and tiles.is_within(code, mine)
        and code <> '0000'   -- "unassigned" is no place
      order by length(code), code)
    select st_asmvt(centres, 'division_centres', 4096, 'geom', 'feature') from centres);
end $$;

create function tiles.division_levels(z integer) returns text[]
language sql immutable strict parallel safe as $$
  select array['Prefecture', 'County'] || case when z >= 6 then array['Township'] else '{}' end
                                       || case when z >= 11 then array['Village'] else '{}' end
$$;

create function tiles.divisions_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '行政区划 Divisions', 'minzoom', 0, 'maxzoom', 14,
    'bounds', tiles.bounds((select coalesce(st_extent(boundary::geometry), st_extent(centre::geometry))::box2d from register.divisions
      where tiles.is_within(code, tiles.areas()))),
    'vector_layers', jsonb_build_array(
      jsonb_build_object('id', 'divisions', 'minzoom', 0, 'maxzoom', 14, 'description', 'areas; townships from z6, villages from z11',
        'fields', jsonb_build_object('id', 'String', 'code', 'String', 'name', 'String', 'level', 'String')),
      jsonb_build_object('id', 'division_centres', 'minzoom', 0, 'maxzoom', 14, 'description', 'centres, for labels',
        'fields', jsonb_build_object('id', 'String', 'code', 'String', 'name', 'String', 'level', 'String'))))
$$;
