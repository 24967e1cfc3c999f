-- Triggers of register.hazards, in the order in which they fire. What they do:
--   set_location_from_shape  the location follows the shape
--   stamp_version            version and updated_at move
--   announce                 open maps hear of it, tiles are drawn anew
--   keep_risks               every water has its row of risk, and is queued to be scored again
--   queue_ways               ways to school near it are queued to be looked at again
--   record_history           one row of history for each changed row

-- Before delete: a water goes together with its risk and its reaches, which only the holder of the lock may delete.
create trigger lock_risk_scores before delete on register.hazards
  for each statement execute function register.lock_risk_scores_before_delete();

-- Before insert and update, the location first: what it fills in is a change that the version counts.
-- A point that is its own location, as ledgers have them, needs no work.
create trigger set_location_from_shape_insert before insert on register.hazards for each row
  when (new.shape is null or new.location is null or geometrytype(new.shape) <> 'POINT' or new.location <> new.shape)
  execute function register.set_location_from_shape();
create trigger set_location_from_shape_update before update on register.hazards for each row
  when (new.shape is distinct from old.shape or new.location is distinct from old.location)
  execute function register.set_location_from_shape();
create trigger stamp_version before update on register.hazards for each row execute function register.stamp_version();

-- After insert.
create trigger announce_insert after insert on register.hazards referencing new table as inserted
  for each statement execute function register.announce_rows('Hazards', 'hazards', 'shape', '{code,name,kind,status,shape}');
create trigger keep_risks_insert after insert on register.hazards referencing new table as inserted
  for each statement execute function register.keep_risks();
create trigger queue_ways_insert after insert on register.hazards referencing new table as inserted
  for each statement execute function register.queue_ways_of_waters();
create trigger record_history_insert after insert on register.hazards referencing new table as inserted
  for each statement execute function register.record_history('Hazards', 'id', 'division_code');

-- After update.
create trigger announce_update after update on register.hazards referencing old table as updated_from new table as updated_to
  for each statement execute function register.announce_rows('Hazards', 'hazards', 'shape', '{code,name,kind,status,shape}');
create trigger keep_risks_update after update on register.hazards referencing old table as updated_from new table as updated_to
  for each statement execute function register.keep_risks();
create trigger queue_ways_update after update on register.hazards referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_ways_of_waters();
create trigger record_history_update after update on register.hazards referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('Hazards', 'id', 'division_code');

-- After delete.
create trigger announce_delete after delete on register.hazards referencing old table as deleted
  for each statement execute function register.announce_rows('Hazards', 'hazards', 'shape', '{code,name,kind,status,shape}');
create trigger keep_risks_delete after delete on register.hazards referencing old table as deleted
  for each statement execute function register.keep_risks();
create trigger queue_ways_delete after delete on register.hazards referencing old table as deleted
  for each statement execute function register.queue_ways_of_waters();
create trigger record_history_delete after delete on register.hazards referencing old table as deleted
  for each statement execute function register.record_history('Hazards', 'id', 'division_code');

-- After truncate.
create trigger announce_truncate after truncate on register.hazards
  for each statement execute function register.announce_layers('Hazards', '{hazards}');
create trigger keep_risks_truncate after truncate on register.hazards
  for each statement execute function register.keep_risks();
create trigger queue_ways_truncate after truncate on register.hazards
  for each statement execute function register.queue_many_ways('Waters');
