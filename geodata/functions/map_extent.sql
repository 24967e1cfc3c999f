-- The box around a layer's places: exact up to 200,000 of them, beyond that of the cells that hold them (20 km), because a
-- map that opens on a nation must not first read nine million rows.
create function tiles.extent_of(layer text) returns box2d
language plpgsql stable parallel safe as $$
begin
  if tiles.areas() is not null then return tiles.extent_within(layer, tiles.areas()); end if;
  if (select sum(count) from register.map_cells c where c.layer = extent_of.layer) > 200000 then
    return (
      select st_extent(st_makeenvelope(
        cell_column / 2048.0 * 360 - 180, tiles.latitude((cell_row + 1) / 2048.0),
        (cell_column + 1) / 2048.0 * 360 - 180, tiles.latitude(cell_row / 2048.0), 4326))
      from (select cell_row, cell_column from register.map_cells c
            where c.layer = extent_of.layer group by 1, 2 having sum(count) > 0) cells);
  end if;
  return case layer
    when 'hazards' then (select st_extent(shape::geometry) from register.hazards)
    when 'facilities' then (select st_extent(location::geometry) from register.facilities) end;
end $$;

-- The box around what lies in some areas; of a layer whose rows have no division of their own, around those areas' waters.
create function tiles.extent_within(layer text, areas text[]) returns box2d
language sql stable parallel safe as $$
  select st_extent(place)::box2d from (
    select h.shape::geometry as place
    from unnest(areas) a join register.hazards h on h.division_code ~>=~ a and h.division_code ~<~ register.end_of_area(a)
    where layer = 'hazards'
    union all
    select f.location::geometry
    from unnest(areas) a join register.facilities f on f.division_code ~>=~ a and f.division_code ~<~ register.end_of_area(a)
    where layer = 'facilities') places
$$;
