-- The counts inside a tile below z9, at that zoom's cells: eighths of a tile.
create function tiles.cells_of(layer text, z integer, x integer, y integer)
returns table (cell_row integer, cell_column integer, class text, count bigint, across bigint, down bigint)
language plpgsql stable parallel safe as $$
begin
  return query execute case when tiles.areas() is null then 'select * from tiles.counted_cells($1, $2, $3, $4)'
    else 'select * from tiles.cells_within($1, $2, $3, $4, tiles.areas())' end using layer, z, x, y;
end $$;

-- Of some areas: counted as they are asked for, from the index of divisions, since kept counts don't know divisions.
create function tiles.cells_within(layer text, z integer, x integer, y integer, areas text[])
returns table (cell_row integer, cell_column integer, class text, count bigint, across bigint, down bigint)
language sql stable parallel safe as $$
  with places as (
    select coalesce(r.level, '') as class, register.world_across(h.location) as across, register.world_down(h.location) as down
    from unnest(areas) a join register.hazards h on h.division_code ~>=~ a and h.division_code ~<~ register.end_of_area(a)
    left join register.hazard_risks r on r.hazard_id = h.id
    where cells_within.layer = 'hazards'
    union all
    select f.kind, register.world_across(f.location), register.world_down(f.location)
    from unnest(areas) a join register.facilities f on f.division_code ~>=~ a and f.division_code ~<~ register.end_of_area(a)
    where cells_within.layer = 'facilities')
  select (down >> 20) >> (8 - z), (across >> 20) >> (8 - z), class, count(*), sum(across::bigint)::bigint, sum(down::bigint)::bigint
  from places
  where down >> 20 between y << (11 - z) and ((y + 1) << (11 - z)) - 1
    and across >> 20 between x << (11 - z) and ((x + 1) << (11 - z)) - 1
  group by 1, 2, 3
$$;

-- Of everything, as it is kept (register.map_cells).
create function tiles.counted_cells(layer text, z integer, x integer, y integer)
returns table (cell_row integer, cell_column integer, class text, count bigint, across bigint, down bigint)
language sql stable parallel safe as $$
  select c.cell_row >> (8 - z), c.cell_column >> (8 - z), c.class, c.count, c.across, c.down
  from register.map_cells c
  where c.layer = counted_cells.layer
    and c.cell_row between y << (11 - z) and ((y + 1) << (11 - z)) - 1
    and c.cell_column between x << (11 - z) and ((x + 1) << (11 - z)) - 1
  union all   -- waters that moved and are still counted where they were: away from there, to where they are
  select (v.down >> 20) >> (8 - z), (v.across >> 20) >> (8 - z), coalesce(r.level, ''), v.count, v.count * v.across, v.count * v.down
  from (select distinct hazard_id from register.moved_waters) m
  join register.hazard_risks r on r.hazard_id = m.hazard_id join register.hazards h on h.id = m.hazard_id
  cross join lateral (values (-1::bigint, r.across, r.down),
                             (1, register.world_across(h.location), register.world_down(h.location))) v (count, across, down)
  where counted_cells.layer = 'hazards'
    and v.down >> 20 between y << (11 - z) and ((y + 1) << (11 - z)) - 1
    and v.across >> 20 between x << (11 - z) and ((x + 1) << (11 - z)) - 1
$$;

-- Where the mean of places lies across (or down) a tile, in the tile's own whole coordinates.
create function tiles.mean_in_tile(total numeric, count numeric, z integer, tile integer) returns double precision
language sql immutable parallel safe as $$
  select least(greatest(round((total::double precision / count::double precision / 2147483648 * 2 ^ z - tile) * 4096), 0), 4095)
$$;
