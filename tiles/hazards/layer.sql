-- Hazardous waters. Below z9: cells of an eighth of a tile with counts per level, every water in exactly one cell of
-- exactly one tile. From z9: one point a water; from z12 also its line or area, as the tile's second layer hazard_shapes.
-- A z9 tile holds a county: its points leave out the UUID and the score, which no zip makes smaller and the map doesn't show there
-- (it draws the worst last, and finds a water that is clicked by its code). Half the bytes. For the same reason only from z10 on do
-- points say what a rule of trips knows besides the level: another level that is nearly as probable, and that a visit is most deadly.
create function tiles.hazards(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
begin
  if z < 9 then return tiles.hazard_cells(z, x, y); end if;
  return tiles.hazard_points(z, x, y) || case when z >= 12 then tiles.hazard_shapes(z, x, y) else '' end;
end $$;

create function tiles.hazard_cells(z integer, x integer, y integer) returns bytea
language sql stable strict parallel safe as $$
  with
  -- The counts of the tile's cells, each cell once.
  counted as (
    select cell_row, cell_column, sum(count)::bigint as count,
           tiles.mean_in_tile(sum(across), sum(count), z, x) as px, tiles.mean_in_tile(sum(down), sum(count), z, y) as py,
           coalesce(sum(count) filter (where class = 'Red'), 0)::integer as red,
           coalesce(sum(count) filter (where class = 'Orange'), 0)::integer as orange,
           coalesce(sum(count) filter (where class = 'Yellow'), 0)::integer as yellow,
           coalesce(sum(count) filter (where class = 'Blue'), 0)::integer as blue
    from tiles.cells_of('hazards', z, x, y) group by cell_row, cell_column having sum(count) > 0),
  cells as (
    select cell_row * 8 * 2 ^ z + cell_column as cell, st_makepoint(px, py) as geom, count::integer as count, red, orange, yellow, blue,
           case when red > 0 then 4 when orange > 0 then 3 when yellow > 0 then 2 when blue > 0 then 1 else 0 end as worst
    from counted order by worst desc, count desc, cell)
  select st_asmvt(cells, 'hazards', 4096, 'geom', 'cell')
    from (select cell::bigint, geom, count, red, orange, yellow, blue, worst from cells) cells
$$;

create function tiles.hazard_points(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
  asked constant jsonb := tiles.asked_properties();
  bounds constant double precision[] := case when z > 9 then register.level_bounds() end;
  areas constant text[] := tiles.areas();
begin
  return (
    with points as (
      select tiles.feature_id(h.id) as feature, case when z > 9 then h.id::text end as id, h.code, h.kind, r.level, h.name, h.status,
             case when z > 9 then r.score end as score,
             case when z > 9 then register.other_level(r.level, r.score, r.risk_low, r.risk_high, r.level_held, bounds) end as other,
             case when z > 9 and r.deadliness = 'IV' then true end as deadly,
             tiles.point(h.location::geometry, z, x, y) as geom,
             case when asked is not null then tiles.properties_of_hazard(h.id, asked) end as besides
      from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
      where h.location::geometry && box and tiles.is_within(h.division_code, areas)
      order by r.score nulls first, h.id)   -- the worst is drawn last, on top
    select st_asmvt(points, 'hazards', 4096, 'geom', 'feature') from points);
end $$;

create function tiles.hazard_shapes(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
  asked constant jsonb := tiles.asked_properties();
  bounds constant double precision[] := register.level_bounds();
  areas constant text[] := tiles.areas();
begin
  return (
    with shapes as (
      select tiles.feature_id(h.id) as feature, h.id::text as id, h.code, h.kind, r.level, h.name, h.status, r.score,
             register.other_level(r.level, r.score, r.risk_low, r.risk_high, r.level_held, bounds) as other,
             tiles.shape(h.shape::geometry, z, x, y) as geom,
             case when asked is not null then tiles.properties_of_hazard(h.id, asked) end as besides
      from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
      where h.shape::geometry && box and st_dimension(h.shape::geometry) > 0 and tiles.is_within(h.division_code, areas)
      order by r.score nulls first, h.id)
    select st_asmvt(shapes, 'hazard_shapes', 4096, 'geom', 'feature') from shapes where geom is not null);
end $$;

-- Of any property of the set. A function of its own: planned when something is asked for, not with every tile.
create function tiles.properties_of_hazard(hazard uuid, asked jsonb) returns jsonb
language sql stable parallel safe as $$ select tiles.properties_of(to_jsonb(v), asked) from odata.hazards v where v.id = hazard $$;

create function tiles.hazards_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '隐患水域 Hazardous waters', 'minzoom', 0, 'maxzoom', 16,
    'bounds', tiles.bounds(tiles.extent_of('hazards')),
    'vector_layers', jsonb_build_array(
      jsonb_build_object('id', 'hazards', 'minzoom', 0, 'maxzoom', 16,
        'description', 'below z9 cells with counts per level (worst: 4 Red .. 1 Blue, 0 not scored), '
          || 'from z9 one point a water (id, score, other and deadly from z10)',
        'fields', jsonb_build_object('id', 'String', 'code', 'String', 'kind', 'String', 'level', 'String', 'name', 'String',
          'status', 'String', 'score', 'Number', 'other', 'String', 'deadly', 'Boolean', 'count', 'Number', 'red', 'Number',
          'orange', 'Number', 'yellow', 'Number', 'blue', 'Number', 'worst', 'Number')),
      jsonb_build_object('id', 'hazard_shapes', 'minzoom', 12, 'maxzoom', 16, 'description', 'lines and areas of waters',
        'fields', jsonb_build_object('id', 'String', 'code', 'String', 'kind', 'String', 'level', 'String', 'name', 'String',
          'status', 'String', 'score', 'Number', 'other', 'String'))))
$$;
