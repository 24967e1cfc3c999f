-- Triggers of register.photos, in the order in which they fire.

-- Before insert.
create trigger set_division before insert on register.photos
  for each row when (new.division_code is null) execute function register.set_division_from_inspection();
create trigger set_duplicate_of_insert before insert on register.photos
  for each row when (new.sha256 is not null) execute function register.set_duplicate_of();

-- Before update.
create trigger set_duplicate_of_update before update on register.photos
  for each row when (new.sha256 is distinct from old.sha256) execute function register.set_duplicate_of();
create trigger stamp_version before update on register.photos for each row execute function register.stamp_version();

-- After the statement.
create trigger drop_contents_delete after delete on register.photos referencing old table as deleted
  for each statement execute function register.drop_contents_of_photos();
create trigger record_history_insert after insert on register.photos referencing new table as inserted
  for each statement execute function register.record_history('Photos', 'id', 'division_code');
create trigger record_history_update after update on register.photos referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('Photos', 'id', 'division_code');
create trigger record_history_delete after delete on register.photos referencing old table as deleted
  for each statement execute function register.record_history('Photos', 'id', 'division_code');
