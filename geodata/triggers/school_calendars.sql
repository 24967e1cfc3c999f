-- Triggers of register.school_calendars, in the order in which they fire.

-- Before update.
create trigger stamp_version before update on register.school_calendars for each row execute function register.stamp_version();

-- After insert, update and delete: history.
create trigger record_history_insert after insert on register.school_calendars referencing new table as inserted
  for each statement execute function register.record_history('SchoolCalendars', 'code', 'division_code');
create trigger record_history_update after update on register.school_calendars
  referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('SchoolCalendars', 'code', 'division_code');
create trigger record_history_delete after delete on register.school_calendars referencing old table as deleted
  for each statement execute function register.record_history('SchoolCalendars', 'code', 'division_code');
