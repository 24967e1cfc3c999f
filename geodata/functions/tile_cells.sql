-- The counts (register.map_cells) inside a tile below z9, at that zoom's cells: eighths of a tile.
create function tiles.cells_of(layer text, z integer, x integer, y integer)
returns table (cell_row integer, cell_column integer, class text, count bigint, across bigint, down bigint)
language sql stable parallel safe as $$
  select c.cell_row >> (8 - z), c.cell_column >> (8 - z), c.class, c.count, c.across, c.down
  from register.map_cells c
  where c.layer = cells_of.layer
    and c.cell_row between y << (11 - z) and ((y + 1) << (11 - z)) - 1
    and c.cell_column between x << (11 - z) and ((x + 1) << (11 - z)) - 1
  union all   -- waters that moved and are still counted where they were: away from there, to where they are
  select (v.down >> 20) >> (8 - z), (v.across >> 20) >> (8 - z), coalesce(r.level, ''), v.count, v.count * v.across, v.count * v.down
  from (select distinct hazard_id from register.moved_waters) m
  join register.hazard_risks r on r.hazard_id = m.hazard_id join register.hazards h on h.id = m.hazard_id
  cross join lateral (values (-1::bigint, r.across, r.down),
                             (1, register.world_across(h.location), register.world_down(h.location))) v (count, across, down)
  where cells_of.layer = 'hazards'
    and v.down >> 20 between y << (11 - z) and ((y + 1) << (11 - z)) - 1
    and v.across >> 20 between x << (11 - z) and ((x + 1) << (11 - z)) - 1
$$;

-- Where the mean of places lies across (or down) a tile, in the tile's own whole coordinates.
create function tiles.mean_in_tile(total numeric, count numeric, z integer, tile integer) returns double precision
language sql immutable parallel safe as $$
  select least(greatest(round((total::double precision / count::double precision / 2147483648 * 2 ^ z - tile) * 4096), 0), 4095)
$$;
