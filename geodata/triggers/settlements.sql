-- Triggers of register.settlements, in the order in which they fire. What they do:
--   set_division             the division that holds it, where none is named
--   stamp_version            version and updated_at move
--   announce                 open maps hear of it, tiles are drawn anew
--   queue_risks              where children live moved: waters near homes are queued to be scored again
--   queue_ways               ways to school that begin there are queued to be looked at again
--   record_history           one row of history for each changed row

-- Before insert.
create trigger set_division before insert on register.settlements
  for each row when (new.division_code is null) execute function register.set_division_from_location();

-- Before update.
create trigger stamp_version before update on register.settlements for each row execute function register.stamp_version();

-- After insert.
create trigger announce_insert after insert on register.settlements referencing new table as inserted
  for each statement execute function register.announce_rows('Settlements', 'settlements', 'location', '{code,name,kind,weight,location}');
create trigger queue_risks_insert after insert on register.settlements
  for each statement execute function register.queue_risks_of_homes();
create trigger queue_ways_insert after insert on register.settlements referencing new table as inserted
  for each statement execute function register.queue_ways_of_settlements();
create trigger record_history_insert after insert on register.settlements referencing new table as inserted
  for each statement execute function register.record_history('Settlements', 'id', 'division_code');

-- After update.
create trigger announce_update after update on register.settlements referencing old table as updated_from new table as updated_to
  for each statement execute function register.announce_rows('Settlements', 'settlements', 'location', '{code,name,kind,weight,location}');
create trigger queue_risks_update after update on register.settlements
  for each statement execute function register.queue_risks_of_homes();
create trigger queue_ways_update after update on register.settlements referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_ways_of_settlements();
create trigger record_history_update after update on register.settlements referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('Settlements', 'id', 'division_code');

-- After delete.
create trigger announce_delete after delete on register.settlements referencing old table as deleted
  for each statement execute function register.announce_rows('Settlements', 'settlements', 'location', '{code,name,kind,weight,location}');
create trigger queue_risks_delete after delete on register.settlements
  for each statement execute function register.queue_risks_of_homes();
create trigger queue_ways_delete after delete on register.settlements referencing old table as deleted
  for each statement execute function register.queue_ways_of_settlements();
create trigger record_history_delete after delete on register.settlements referencing old table as deleted
  for each statement execute function register.record_history('Settlements', 'id', 'division_code');

-- After truncate.
create trigger announce_truncate after truncate on register.settlements
  for each statement execute function register.announce_layers('Settlements', '{settlements}');
create trigger queue_risks_truncate after truncate on register.settlements
  for each statement execute function register.queue_risks_of_homes();
create trigger queue_ways_truncate after truncate on register.settlements
  for each statement execute function register.queue_many_ways('Everything');
