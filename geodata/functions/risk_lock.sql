-- The lock on risk scores: whoever scores holds it from before it reads until its transaction ends, and nobody who holds it
-- waits for somebody who waits for it. See the head of register.hazard_risks in schema/03_risk.sql.

-- Brings hazard_risks, and by its triggers the counts of map_cells, up to what moved. Nothing is drawn anew: tiles add what
-- has moved and is still counted where it was (tiles.cells_of).
create function register.update_places_of_moved_waters() returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if not exists (select from moved_waters) then return; end if;
  with moved as (delete from moved_waters returning hazard_id)
  update hazard_risks r set across = world_across(h.location), down = world_down(h.location)
  from hazards h
  where h.id = r.hazard_id and r.hazard_id in (select hazard_id from moved)
    and (r.across, r.down) is distinct from (world_across(h.location), world_down(h.location));
end $$;

-- Takes the lock until the transaction ends. With patience: waits until that time after the transaction began, then fails with
-- lock_not_available. Keep it below deadlock_timeout: whoever waits for a row of such a transaction then never becomes the victim
-- of a deadlock.
create function register.lock_risk_scores(patience interval default null) returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  before constant text := current_setting('lock_timeout');
  left_over constant interval := greatest(patience - (clock_timestamp() - transaction_timestamp()), '50 ms');
begin
  if patience is not null then perform set_config('lock_timeout', ceil(1000 * extract(epoch from left_over))::text, true); end if;
  perform pg_advisory_xact_lock(hashtext('hazardmap.risk'));
  perform set_config('lock_timeout', before, true);
  perform register.update_places_of_moved_waters();
end $$;

-- The same for work that must not be lost, such as an import or what somebody does with psql: it waits however long, in
-- slices that end before a deadlock is looked for. Should whoever holds the lock wait for a row of this transaction, that one
-- finds the deadlock and gives way.
create function register.wait_to_lock_risk_scores() returns void
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
  perform register.update_places_of_moved_waters();
end $$;

-- A water goes together with its risk and its reaches, which only the holder of the lock may delete.
create function register.lock_risk_scores_before_delete() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  perform wait_to_lock_risk_scores();
  return null;
end $$;
