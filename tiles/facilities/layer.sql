-- Facilities. Below z9: cells of an eighth of a tile with the count in all and one count a kind (School, Kindergarten ...;
-- kinds without any are left out). From z9: one point a facility.
create function tiles.facilities(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
begin
  return case when z < 9 then tiles.facility_cells(z, x, y) else tiles.facility_points(z, x, y) end;
end $$;

create function tiles.facility_cells(z integer, x integer, y integer) returns bytea
language sql stable strict parallel safe as $$
  with
  -- The counts of the tile's cells, each cell and kind once.
  kinds as (
    select cell_row, cell_column, class as kind, sum(count)::integer as count, sum(across) as across, sum(down) as down
    from tiles.cells_of('facilities', z, x, y) group by 1, 2, 3),
  -- Each cell once, with a property for each kind that occurs, named by the kind.
  cells as (
    select (cell_row * 8 * 2 ^ z + cell_column)::bigint as cell,
           st_makepoint(tiles.mean_in_tile(sum(across), sum(count), z, x), tiles.mean_in_tile(sum(down), sum(count), z, y)) as geom,
           sum(count)::integer as count, jsonb_object_agg(kind, count) filter (where count > 0) as kinds
    from kinds group by cell_row, cell_column having sum(count) > 0
    order by 3 desc, 1)
  select st_asmvt(cells, 'facilities', 4096, 'geom', 'cell') from cells
$$;

create function tiles.facility_points(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
  asked constant jsonb := tiles.asked_properties();
  areas constant text[] := tiles.areas();
begin
  return (
    with points as (
      select tiles.feature_id(id) as feature, id::text as id, code, kind, name, tiles.point(location::geometry, z, x, y) as geom,
             case when asked is not null then tiles.properties_of_facility(id, asked) end as besides
      from register.facilities where location::geometry && box and tiles.is_within(division_code, areas) order by id)
    select st_asmvt(points, 'facilities', 4096, 'geom', 'feature') from points);
end $$;

-- Of any property of the set. A function of its own: planned when something is asked for, not with every tile.
create function tiles.properties_of_facility(facility uuid, asked jsonb) returns jsonb
language sql stable parallel safe as $$ select tiles.properties_of(to_jsonb(v), asked) from odata.facilities v where v.id = facility $$;

create function tiles.facilities_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '设施 Facilities', 'minzoom', 0, 'maxzoom', 16,
    'bounds', tiles.bounds(tiles.extent_of('facilities')),
    'vector_layers', jsonb_build_array(jsonb_build_object('id', 'facilities', 'minzoom', 0, 'maxzoom', 16,
      'description', 'below z9 cells with the count in all and a count per kind, from z9 one point a facility',
      'fields', jsonb_build_object('id', 'String', 'code', 'String', 'kind', 'String', 'name', 'String', 'count', 'Number')
        || (select jsonb_object_agg(member, 'Number') from register.words where enumeration = 'FacilityKind'))))
$$;
