-- Triggers of register.hazard_reaches, in the order in which they fire.

-- After the statement.
create trigger announce_insert after insert on register.hazard_reaches referencing new table as changed
  for each statement execute function register.announce_reaches();
create trigger announce_update after update on register.hazard_reaches referencing new table as changed
  for each statement execute function register.announce_reaches();
create trigger announce_delete after delete on register.hazard_reaches referencing old table as changed
  for each statement execute function register.announce_reaches();
create trigger announce_truncate after truncate on register.hazard_reaches
  for each statement execute function register.announce_layers('Reaches', '{reaches}');
