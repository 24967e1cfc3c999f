-- Triggers of register.risk_level_changes, in the order in which they fire.

-- Before update, delete and truncate.
create trigger refuse_rewriting before update or delete or truncate on register.risk_level_changes
  for each statement execute function register.refuse_rewriting_history();

-- After insert.
create trigger announce_insert after insert on register.risk_level_changes referencing new table as inserted
  for each statement execute function register.announce_level_changes();
