-- Who scores takes his turn, and nobody whose turn it is waits for somebody who waits for it.
--
-- Rows of hazard_risks and hazard_reaches are written and deleted only by whoever has the turn (one transaction lock), but
-- for the new rows of a new water. So a run, an edit or the worker that has it never waits for a row, and never meets a
-- water that somebody deletes meanwhile.

-- Waters whose place in hazard_risks is not their location yet. Who moves a water notes it here and does not touch its
-- risk; whoever has the turn next, mostly the same transaction, enters it.
create table register.moved_waters (hazard_id uuid not null);

create or replace function register.move_risk() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  insert into moved_waters (hazard_id)
  select n.id from updated_to n join updated_from o using (id) where n.location is distinct from o.location;
  return null;
end $$;

-- Brings hazard_risks, and by its triggers the ledger of map_cells, up to what moved. Nothing is drawn anew: tiles add what
-- has moved and is not entered yet (tiles.cells_of).
create function register.place_moved_waters() returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if not exists (select from moved_waters) then return; end if;
  with moved as (delete from moved_waters returning hazard_id)
  update hazard_risks r set across = world_across(h.location), down = world_down(h.location)
  from hazards h
  where h.id = r.hazard_id and r.hazard_id in (select hazard_id from moved)
    and (r.across, r.down) is distinct from (world_across(h.location), world_down(h.location));
end $$;

-- The turn until the transaction ends. With patience: until that time after the transaction began, then lock_not_available.
-- Keep it below deadlock_timeout: whoever waits for a row of such a transaction then never becomes the victim of a deadlock.
create function register.take_risk_turn(patience interval default null) returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  before constant text := current_setting('lock_timeout');
  left_over constant interval := greatest(patience - (clock_timestamp() - transaction_timestamp()), '50 ms');
begin
  if patience is not null then perform set_config('lock_timeout', ceil(1000 * extract(epoch from left_over))::text, true); end if;
  perform pg_advisory_xact_lock(hashtext('hazardmap.risk'));
  perform set_config('lock_timeout', before, true);
  perform register.place_moved_waters();
end $$;

-- The same for work that must not be lost, such as an import or what somebody does with psql: it waits however long, in
-- slices that end before a deadlock is looked for. Should somebody whose turn it is wait for a row of it, he gives way.
create function register.wait_for_risk_turn() returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  before constant text := current_setting('lock_timeout');
begin
  loop
    begin
      perform set_config('lock_timeout', '900', true);
      perform pg_advisory_xact_lock(hashtext('hazardmap.risk'));
      exit;
    exception when lock_not_available then null;   -- next slice
    end;
  end loop;
  perform set_config('lock_timeout', before, true);
  perform register.place_moved_waters();
end $$;

-- A water goes together with its risk and its reaches.
create function register.take_turn_to_delete() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  perform register.wait_for_risk_turn();
  return null;
end $$;
create trigger a_turn before delete on register.hazards for each statement execute function register.take_turn_to_delete();

-- New reaches look at the row of risk, not at the water's, which an editor who waits for the turn may hold.
alter table register.hazard_reaches
  drop constraint hazard_reaches_hazard_id_fkey,
  add constraint hazard_reaches_hazard_id_fkey foreign key (hazard_id) references register.hazard_risks (hazard_id) on delete cascade;

-- Which rule is in force is known for certain only to who has the turn: a run that brings a rule on foot may be going on. So
-- a change of roads is always noted, and counts for whoever takes it up.
alter table register.risk_queue add column about_roads boolean not null default false,
  add check (not about_roads or num_nonnulls(hazard_id, place) = 0);
create or replace function register.queue_roads() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if not exists (select from risk_queue where xid = pg_current_xact_id() and num_nonnulls(hazard_id, place) = 0) then
    insert into risk_queue (about_roads) values (true);
  end if;
  return null;
end $$;

-- One fold at a time: a second one would find the rows of the first gone, and fold what came since by itself, where sums
-- without a count are dropped.
create or replace function register.fold_map_cells() returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if not pg_try_advisory_xact_lock(hashtext('hazardmap.fold')) then return; end if;
  with gone as (delete from map_cells returning *)
  insert into map_cells (layer, cell_row, cell_column, class, count, across, down)
  select layer, cell_row, cell_column, class, sum(count), sum(across), sum(down)
  from gone group by 1, 2, 3, 4 having sum(count) <> 0;
end $$;
