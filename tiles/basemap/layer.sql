-- The offline base map, from what is in the register and the land of the world: land, divisions, rivers, roads, places.
-- Nothing comes from outside at run time.
create function tiles.basemap(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
begin
  return tiles.basemap_land(z, x, y) || tiles.basemap_divisions(z, x, y) || tiles.rivers(z, x, y)
      || tiles.roads(z, x, y) || tiles.basemap_places(z, x, y);
end $$;

create function tiles.basemap_land(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
begin
  return (
    with
    -- The pieces near the tile: from z4 the fine land, before that the coarse.
    pieces as (
      select geom from register.land where fine and z >= 4 and land.geom && box
      union all
      select geom from register.land where not fine and z < 4 and land.geom && box),
    -- Joined again, so that no seam shows.
    land as (
      select st_asmvtgeom(st_transform(st_union(geom), 3857), st_tileenvelope(z, x, y), 4096, 64, true) as geom,
             1 as feature   -- there is one land
      from pieces)
    select st_asmvt(land, 'land', 4096, 'geom', 'feature') from land where geom is not null);
end $$;

-- Borders of divisions as lines, each drawn once: the lower level yields to the higher one that shares the border.
create function tiles.basemap_divisions(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box    constant geometry := tiles.box(z, x, y, 1 / 64.0);
  levels constant text[] := tiles.division_levels(z);
begin
  return (
    with borders as (
      select tiles.feature_id(code) as feature, code as id, name, level, tiles.shape(st_boundary(boundary::geometry), z, x, y) as geom
      from register.divisions
      where boundary::geometry && box and level = any (levels) and valid_to is null
      order by length(code) desc, code)
    select st_asmvt(borders, 'divisions', 4096, 'geom', 'feature') from borders where geom is not null);
end $$;

-- Names: seats and villages of the register's divisions, and other named places, each in the one tile it lies in.
-- rank: 1 prefecture, 2 county, 3 township, 4 village or smaller.
create function tiles.basemap_places(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box    constant geometry := tiles.box(z, x, y, 0);
  levels constant text[] := tiles.division_levels(z);
begin
  return (
    with
    divisions as (
      select 'division' as kind, code as id, name, null as latin, array_position('{Prefecture,County,Township,Village}', level) as rank,
             centre::geometry as place
      from register.divisions
      where centre::geometry && box and level = any (levels) and valid_to is null and code <> '0000'),   -- "unassigned" is no place
    -- A place that a division near it already names is not named twice.
    others as (
      select p.kind, p.id::text, p.name, p.name_latin, case when p.kind in ('PPLA', 'PPLA2', 'PPLC') then 2
        when p.kind in ('PPLA3', 'city', 'town') then 3 else 4 end, p.location
      from register.places p
      where p.location && box and z >= 8 and not exists (
        select from register.divisions d
        where st_dwithin(d.centre, p.location::geography, 5000) and starts_with(d.name, p.name))),
    named as (
      select tiles.feature_id(kind || ' ' || id) as feature, kind, id, name, latin, rank, tiles.point(place, z, x, y) as geom
      from (select * from divisions union all select * from others) n order by rank, id)
    select st_asmvt(named, 'places', 4096, 'geom', 'feature') from named);
end $$;

create function tiles.basemap_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '底图（示例）Base map (demo)', 'minzoom', 0, 'maxzoom', 15,
    'bounds', tiles.bounds(null),
    'attribution', '示例底图 Demo base map · Natural Earth · GeoNames (CC BY 4.0) · '
        || 'GSHHG/WDBII · © OpenStreetMap contributors (ODbL)',
    'vector_layers', jsonb_build_array(
      jsonb_build_object('id', 'land', 'description', 'land of the world', 'fields', '{}'::jsonb),
      jsonb_build_object('id', 'divisions', 'description', 'borders of divisions', 'fields',
        jsonb_build_object('id', 'String', 'name', 'String', 'level', 'String')),
      jsonb_build_object('id', 'rivers', 'description', 'river centre lines', 'fields',
        jsonb_build_object('id', 'String', 'name', 'String', 'kind', 'String')),
      jsonb_build_object('id', 'roads', 'description', 'roads by class (highway=*)', 'minzoom', 6, 'fields',
        jsonb_build_object('id', 'String', 'class', 'String', 'name', 'String')),
      jsonb_build_object('id', 'places', 'description', 'names; rank 1 prefecture .. 4 village', 'fields',
        jsonb_build_object('id', 'String', 'kind', 'String', 'name', 'String', 'latin', 'String', 'rank', 'Number'))))
$$;
