-- Triggers of register.conflicts, in the order in which they fire.

-- Before update.
create trigger stamp_version before update on register.conflicts for each row execute function register.stamp_version();

-- After the statement.
create trigger record_history_insert after insert on register.conflicts referencing new table as inserted
  for each statement execute function register.record_history('Conflicts', 'id', 'division_code');
create trigger record_history_update after update on register.conflicts referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('Conflicts', 'id', 'division_code');
create trigger record_history_delete after delete on register.conflicts referencing old table as deleted
  for each statement execute function register.record_history('Conflicts', 'id', 'division_code');
