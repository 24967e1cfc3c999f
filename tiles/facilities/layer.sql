-- Facilities. Below z9: cells of an eighth of a tile with the count in all and one count a kind (School, Kindergarten ...;
-- kinds without any are left out). From z9: one point a facility.
create or replace function tiles.facilities(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
begin
  return case when z < 9 then tiles.facility_cells(z, x, y) else tiles.facility_points(z, x, y) end;
end $$;

create or replace function tiles.facility_cells(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  side constant integer := 8 * 2 ^ z;   -- cells along the world's edge at this zoom
  box  constant geometry := tiles.box(z, x, y, 0.001);
begin
  return (
    with
    -- Facilities near the tile, each with its place on the unit square of the world.
    near as materialized (
      select tiles.across(st_x(location::geometry)) as u, tiles.down(st_y(location::geometry)) as v, kind
      from register.facilities where location::geometry && box),
    -- The cell of each: whole numbers, so that none is counted in two tiles.
    placed as materialized (
      select *, least(floor(u * side)::integer, side - 1) as cx, least(floor(v * side)::integer, side - 1) as cy from near),
    -- One row a cell inside this tile, at the mean place of its facilities.
    cells as (
      select cy::bigint * side + cx as cell,
             st_makepoint(least(greatest(round((avg(u) * 2 ^ z - x) * 4096), 0), 4095),
                          least(greatest(round((avg(v) * 2 ^ z - y) * 4096), 0), 4095)) as geom,
             count(*)::integer as count,
             nullif(count(*) filter (where kind = 'School'), 0)::integer as "School",
             nullif(count(*) filter (where kind = 'Kindergarten'), 0)::integer as "Kindergarten",
             nullif(count(*) filter (where kind = 'ChildrensHome'), 0)::integer as "ChildrensHome",
             nullif(count(*) filter (where kind = 'SwimmingPool'), 0)::integer as "SwimmingPool",
             nullif(count(*) filter (where kind = 'CareHome'), 0)::integer as "CareHome",
             nullif(count(*) filter (where kind = 'Canteen'), 0)::integer as "Canteen",
             nullif(count(*) filter (where kind = 'Bathhouse'), 0)::integer as "Bathhouse",
             nullif(count(*) filter (where kind = 'CounsellingRoom'), 0)::integer as "CounsellingRoom",
             nullif(count(*) filter (where kind = 'SocialWorkStation'), 0)::integer as "SocialWorkStation",
             nullif(count(*) filter (where kind = 'ProtectionCentre'), 0)::integer as "ProtectionCentre"
      from placed where cx / 8 = x and cy / 8 = y
      group by cx, cy order by count desc, cell)
    select st_asmvt(cells, 'facilities', 4096, 'geom', 'cell') from cells);
end $$;

create or replace function tiles.facility_points(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
begin
  return (
    with points as (
      select tiles.feature_id(id) as feature, id::text as id, code, kind, name, tiles.point(location::geometry, z, x, y) as geom
      from register.facilities where location::geometry && box order by id)
    select st_asmvt(points, 'facilities', 4096, 'geom', 'feature') from points);
end $$;

create or replace function tiles.facilities_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '设施 Facilities', 'minzoom', 0, 'maxzoom', 16,
    'bounds', tiles.bounds((select st_extent(location::geometry)::box2d from register.facilities)),
    'vector_layers', jsonb_build_array(jsonb_build_object('id', 'facilities', 'minzoom', 0, 'maxzoom', 16,
      'description', 'below z9 cells with the count in all and a count per kind, from z9 one point a facility',
      'fields', jsonb_build_object('id', 'String', 'code', 'String', 'kind', 'String', 'name', 'String', 'count', 'Number',
        'School', 'Number', 'Kindergarten', 'Number', 'ChildrensHome', 'Number', 'SwimmingPool', 'Number', 'CareHome', 'Number',
        'Canteen', 'Number', 'Bathhouse', 'Number', 'CounsellingRoom', 'Number', 'SocialWorkStation', 'Number',
        'ProtectionCentre', 'Number'))))
$$;
