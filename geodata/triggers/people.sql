-- Triggers of register.people, in the order in which they fire.

-- Before insert or update.
create trigger require_phone before insert or update of phone on register.people for each row execute function register.require_phone();
create trigger stamp_version before update on register.people for each row execute function register.stamp_version();

-- After the statement.
create trigger record_history_insert after insert on register.people referencing new table as inserted
  for each statement execute function register.record_history('People', 'id', 'division_code');
create trigger record_history_update after update on register.people referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('People', 'id', 'division_code');
create trigger record_history_delete after delete on register.people referencing old table as deleted
  for each statement execute function register.record_history('People', 'id', 'division_code');
