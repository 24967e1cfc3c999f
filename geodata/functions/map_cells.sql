-- Where a place lies on the square Web Mercator world, from the antimeridian and from the north edge: 2^31 to the world's side.
create function register.world_across(place geography) returns integer
language sql immutable parallel safe as $$
  select least(floor((st_x(place::geometry) + 180) / 360 * 2147483648), 2147483647)::integer
$$;
create function register.world_down(place geography) returns integer
language sql immutable parallel safe as $$
  select least(greatest(floor(2147483648 * (0.5 - asinh(tan(radians(
    least(greatest(st_y(place::geometry), -85.0511287798066), 85.0511287798066)))) / (2 * pi()))), 0), 2147483647)::integer
$$;

-- Counts a statement's change of a layer in register.map_cells. Arguments: layer, expressions for across, down and class of a row.
create function register.count_map_cells() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  rows_of constant text := format('select %s as across, %s as down, %s as class', tg_argv[1], tg_argv[2], tg_argv[3]);
  changed constant text := case tg_op
    when 'INSERT' then format('%s, 1 as n from inserted', rows_of)
    when 'DELETE' then format('%s, -1 as n from deleted', rows_of)
    else format('%1$s, 1 as n from updated_to union all %1$s, -1 as n from updated_from', rows_of) end;
begin
  execute format(
    'insert into register.map_cells (layer, cell_row, cell_column, class, count, across, down)
     select $1, down >> 20, across >> 20, class, sum(n), sum(n * across::bigint), sum(n * down::bigint)
     from (%s) changed group by 2, 3, 4
     having sum(n) <> 0 or sum(n * across::bigint) <> 0 or sum(n * down::bigint) <> 0', changed) using tg_argv[0];
  return null;
end $$;

-- Nothing of a layer is left to count. Argument: layer.
create function register.forget_map_cells() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  delete from register.map_cells where layer = tg_argv[0];
  return null;
end $$;

-- Sums the counts up: one row a cell and class. Rows that others are adding meanwhile stay beside it; readers see either side
-- whole. One at a time: a second one would find the rows of the first gone, and sum what came since by itself, where sums
-- without a count are dropped.
create function register.fold_map_cells() returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if not pg_try_advisory_xact_lock(hashtext('hazardmap.fold')) then return; end if;
  with gone as (delete from map_cells returning *)
  insert into map_cells (layer, cell_row, cell_column, class, count, across, down)
  select layer, cell_row, cell_column, class, sum(count), sum(across), sum(down)
  from gone group by 1, 2, 3, 4 having sum(count) <> 0;
end $$;
