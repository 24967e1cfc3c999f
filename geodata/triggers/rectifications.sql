-- Triggers of register.rectifications, in the order in which they fire.

-- Before insert or update. The division first: a number is of its county.
create trigger set_division before insert on register.rectifications
  for each row when (new.division_code is null) execute function register.set_division_from_hazard_or_facility();
create trigger settle_rectification before insert or update on register.rectifications
  for each row execute function register.settle_rectification();
create trigger stamp_version before update on register.rectifications for each row execute function register.stamp_version();

-- After the statement.
create trigger record_history_insert after insert on register.rectifications referencing new table as inserted
  for each statement execute function register.record_history('Rectifications', 'id', 'division_code');
create trigger record_history_update after update on register.rectifications referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('Rectifications', 'id', 'division_code');
create trigger record_history_delete after delete on register.rectifications referencing old table as deleted
  for each statement execute function register.record_history('Rectifications', 'id', 'division_code');

-- After the row.
create trigger record_step after insert or update of state on register.rectifications
  for each row execute function register.record_step();
