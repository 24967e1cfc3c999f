-- Triggers of register.inspections, in the order in which they fire.

-- Before insert.
create trigger judge_inspection before insert on register.inspections for each row execute function register.judge_inspection();
create trigger set_division before insert on register.inspections
  for each row when (new.division_code is null) execute function register.set_division_from_hazard();

-- Before update.
create trigger refuse_overwriting before update on register.inspections for each row execute function register.refuse_overwriting();
create trigger stamp_version before update on register.inspections for each row execute function register.stamp_version();

-- After the statement.
create trigger link_uploads_insert after insert on register.inspections referencing new table as inserted
  for each statement execute function register.link_uploads_of_inspections();
create trigger record_history_insert after insert on register.inspections referencing new table as inserted
  for each statement execute function register.record_history('Inspections', 'id', 'division_code');
create trigger record_history_update after update on register.inspections referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('Inspections', 'id', 'division_code');
create trigger record_history_delete after delete on register.inspections referencing old table as deleted
  for each statement execute function register.record_history('Inspections', 'id', 'division_code');

-- After the row. Sample waters are told by their ledger.
create trigger tell_water after insert on register.inspections
  for each row when (not new.is_synthetic) execute function register.tell_water();
