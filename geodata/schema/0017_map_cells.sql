-- What a map below z9 shows is counted when it changes, not for every tile: grouping a million waters costs 0.6 s.
--
-- A ledger of counts: every change adds rows (+1 where a water is now, -1 where it was) and nothing is updated, so that two
-- editors of one district never wait for each other. A tile sums the rows of its cells; the service folds them together
-- from time to time (fold_map_cells). Places are whole numbers, 2^31 to the world's side (2 cm), so sums never drift.
create table register.map_cells (
  layer       text     not null,
  cell_row    integer  not null,   -- 0 .. 2047 from the north: an eighth of a z8 tile
  cell_column integer  not null,   -- 0 .. 2047 from the antimeridian
  class       text     not null,   -- a water's level ('' = not scored yet), a facility's kind
  count       bigint   not null,
  across      bigint   not null,   -- sums of places, for the mean
  down        bigint   not null
);
create index map_cells_by_place on register.map_cells (layer, cell_row, cell_column);

-- Where a place lies on the square Web Mercator world, from the antimeridian and from the north edge.
create function register.world_across(place geography) returns integer
language sql immutable parallel safe as $$
  select least(floor((st_x(place::geometry) + 180) / 360 * 2147483648), 2147483647)::integer
$$;
create function register.world_down(place geography) returns integer
language sql immutable parallel safe as $$
  select least(greatest(floor(2147483648 * (0.5 - asinh(tan(radians(
    least(greatest(st_y(place::geometry), -85.0511287798066), 85.0511287798066)))) / (2 * pi()))), 0), 2147483647)::integer
$$;

-- A water's place beside its level, so that a full run's scores are counted without reading a single wide row.
alter table register.hazard_risks add across integer, add down integer;
update register.hazard_risks r set across = register.world_across(h.location), down = register.world_down(h.location)
from register.hazards h where h.id = r.hazard_id;
alter table register.hazard_risks alter across set not null, alter down set not null;

create or replace function register.open_risk() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  insert into register.hazard_risks (hazard_id, across, down)
  select id, register.world_across(location), register.world_down(location) from inserted on conflict do nothing;
  return null;
end $$;

create function register.move_risk() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  update register.hazard_risks r set across = register.world_across(n.location), down = register.world_down(n.location)
  from updated_to n join updated_from o using (id)
  where r.hazard_id = n.id and n.location is distinct from o.location;
  return null;
end $$;
create trigger risk_move after update on register.hazards referencing old table as updated_from new table as updated_to
  for each statement execute function register.move_risk();

-- Enters a statement's change of a layer. Arguments: layer, expressions for across, down and class of a row.
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

create function register.forget_map_cells() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  delete from register.map_cells where layer = tg_argv[0];
  return null;
end $$;

create procedure register.keep_map_cells(target regclass, layer text, across text, down text, class text)
language plpgsql as $$
declare
  arguments constant text := format('(%L, %L, %L, %L)', layer, across, down, class);
begin
  execute format('create trigger map_cells_insert after insert on %s referencing new table as inserted
                  for each statement execute function register.count_map_cells%s', target, arguments);
  execute format('create trigger map_cells_update after update on %s referencing old table as updated_from new table as updated_to
                  for each statement execute function register.count_map_cells%s', target, arguments);
  execute format('create trigger map_cells_delete after delete on %s referencing old table as deleted
                  for each statement execute function register.count_map_cells%s', target, arguments);
  execute format('create trigger map_cells_truncate after truncate on %s
                  for each statement execute function register.forget_map_cells(%L)', target, layer);
  execute format('insert into register.map_cells (layer, cell_row, cell_column, class, count, across, down)
                  select %L, (%4$s) >> 20, (%3$s) >> 20, %5$s, count(*), sum((%3$s)::bigint), sum((%4$s)::bigint) from %2$s group by 2, 3, 4',
                 layer, target, across, down, class);
end $$;
call register.keep_map_cells('register.hazard_risks', 'hazards', 'across', 'down', 'coalesce(level, '''')');
call register.keep_map_cells('register.facilities', 'facilities', 'register.world_across(location)', 'register.world_down(location)', 'kind');

-- Somebody who searches types a part of a name or of a code: either is answered by its index.
create index hazards_code_trigrams on register.hazards using gin (code gin_trgm_ops);
create index facilities_code_trigrams on register.facilities using gin (code gin_trgm_ops);

-- Folds the ledger: one row a cell and class. Rows that others are adding meanwhile stay beside it; readers see either side whole.
create function register.fold_map_cells() returns void
language sql security definer set search_path = register, public, pg_temp as $$
  with gone as (delete from register.map_cells returning *)
  insert into register.map_cells (layer, cell_row, cell_column, class, count, across, down)
  select layer, cell_row, cell_column, class, sum(count), sum(across), sum(down)
  from gone group by 1, 2, 3, 4 having sum(count) <> 0
$$;
