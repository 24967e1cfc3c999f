-- Triggers of register.way_waters.

-- After the statement.
create trigger announce_insert after insert on register.way_waters referencing new table as inserted
  for each statement execute function register.announce_ways();
create trigger announce_update after update on register.way_waters referencing old table as updated_from new table as updated_to
  for each statement execute function register.announce_ways();
create trigger announce_delete after delete on register.way_waters referencing old table as deleted
  for each statement execute function register.announce_ways();
create trigger announce_truncate after truncate on register.way_waters
  for each statement execute function register.announce_layers('Ways', '{ways}');
