-- The box around a layer's places: exact up to 200,000 of them, beyond that of the cells that hold them (20 km), because a
-- map that opens on a nation must not first read nine million rows.
create function tiles.extent_of(layer text) returns box2d
language plpgsql stable parallel safe as $$
begin
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
