-- Triggers of register.incidents, in the order in which they fire.

-- Before insert.
create trigger set_division before insert on register.incidents
  for each row when (new.division_code is null) execute function register.set_division_from_hazard();

-- Before update.
create trigger stamp_version before update on register.incidents for each row execute function register.stamp_version();

-- After insert.
create trigger count_incidents_insert after insert on register.incidents referencing new table as inserted
  for each statement execute function register.count_incidents();
create trigger record_history_insert after insert on register.incidents referencing new table as inserted
  for each statement execute function register.record_history('Incidents', 'id', 'division_code');

-- After update.
create trigger count_incidents_update after update on register.incidents referencing old table as updated_from new table as updated_to
  for each statement execute function register.count_incidents();
create trigger record_history_update after update on register.incidents referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('Incidents', 'id', 'division_code');

-- After delete.
create trigger count_incidents_delete after delete on register.incidents referencing old table as deleted
  for each statement execute function register.count_incidents();
create trigger record_history_delete after delete on register.incidents referencing old table as deleted
  for each statement execute function register.record_history('Incidents', 'id', 'division_code');
