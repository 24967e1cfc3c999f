-- Hazardous waters. Below z9: cells of an eighth of a tile with counts per level, every water in exactly one cell of
-- exactly one tile. From z9: one point a water; from z12 also its line or area, as the tile's second layer hazard_shapes.
create or replace function tiles.hazards(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
begin
  if z < 9 then return tiles.hazard_cells(z, x, y); end if;
  return tiles.hazard_points(z, x, y) || case when z >= 12 then tiles.hazard_shapes(z, x, y) else '' end;
end $$;

create or replace function tiles.hazard_cells(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  side constant integer := 8 * 2 ^ z;   -- cells along the world's edge at this zoom
  box  constant geometry := tiles.box(z, x, y, 0.001);
begin
  return (
    with
    -- Waters near the tile, each with its place on the unit square of the world.
    near as materialized (
      select tiles.across(st_x(h.location::geometry)) as u, tiles.down(st_y(h.location::geometry)) as v, r.level
      from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
      where h.location::geometry && box),
    -- The cell of each: whole numbers, so that no water is counted in two tiles.
    placed as materialized (
      select *, least(floor(u * side)::integer, side - 1) as cx, least(floor(v * side)::integer, side - 1) as cy from near),
    -- One row a cell inside this tile, at the mean place of its waters.
    cells as (
      select cy::bigint * side + cx as cell,
             st_makepoint(least(greatest(round((avg(u) * 2 ^ z - x) * 4096), 0), 4095),
                          least(greatest(round((avg(v) * 2 ^ z - y) * 4096), 0), 4095)) as geom,
             count(*)::integer as count,
             (count(*) filter (where level = 'Red'))::integer as red,
             (count(*) filter (where level = 'Orange'))::integer as orange,
             (count(*) filter (where level = 'Yellow'))::integer as yellow,
             (count(*) filter (where level = 'Blue'))::integer as blue,
             coalesce(max(case level when 'Red' then 4 when 'Orange' then 3 when 'Yellow' then 2 when 'Blue' then 1 end), 0) as worst
      from placed where cx / 8 = x and cy / 8 = y
      group by cx, cy order by worst desc, count desc, cell)
    select st_asmvt(cells, 'hazards', 4096, 'geom', 'cell') from cells);
end $$;

create or replace function tiles.hazard_points(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
begin
  return (
    with points as (
      select tiles.feature_id(h.id) as feature, h.id::text as id, h.code, h.kind, r.level, h.name, h.status, r.score,
             tiles.point(h.location::geometry, z, x, y) as geom
      from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
      where h.location::geometry && box
      order by r.score nulls first, h.id)   -- the worst is drawn last, on top
    select st_asmvt(points, 'hazards', 4096, 'geom', 'feature') from points);
end $$;

create or replace function tiles.hazard_shapes(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
begin
  return (
    with shapes as (
      select tiles.feature_id(h.id) as feature, h.id::text as id, h.code, h.kind, r.level, h.name, h.status, r.score,
             tiles.shape(h.shape::geometry, z, x, y) as geom
      from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
      where h.shape::geometry && box and st_dimension(h.shape::geometry) > 0
      order by r.score nulls first, h.id)
    select st_asmvt(shapes, 'hazard_shapes', 4096, 'geom', 'feature') from shapes where geom is not null);
end $$;

create or replace function tiles.hazards_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '隐患水域 Hazardous waters', 'minzoom', 0, 'maxzoom', 16,
    'bounds', tiles.bounds((select st_extent(shape::geometry)::box2d from register.hazards)),
    'vector_layers', jsonb_build_array(
      jsonb_build_object('id', 'hazards', 'minzoom', 0, 'maxzoom', 16,
        'description', 'below z9 cells with counts per level (worst: 4 Red .. 1 Blue, 0 not scored), from z9 one point a water',
        'fields', jsonb_build_object('id', 'String', 'code', 'String', 'kind', 'String', 'level', 'String', 'name', 'String',
          'status', 'String', 'score', 'Number', 'count', 'Number', 'red', 'Number', 'orange', 'Number', 'yellow', 'Number',
          'blue', 'Number', 'worst', 'Number')),
      jsonb_build_object('id', 'hazard_shapes', 'minzoom', 12, 'maxzoom', 16, 'description', 'lines and areas of waters',
        'fields', jsonb_build_object('id', 'String', 'code', 'String', 'kind', 'String', 'level', 'String', 'name', 'String',
          'status', 'String', 'score', 'Number'))))
$$;
