-- Triggers of register.ways.

-- After the statement.
create trigger announce_insert after insert on register.ways referencing new table as inserted
  for each statement execute function register.announce_ways();
create trigger announce_update after update on register.ways referencing old table as updated_from new table as updated_to
  for each statement execute function register.announce_ways();
create trigger announce_delete after delete on register.ways referencing old table as deleted
  for each statement execute function register.announce_ways();
create trigger announce_truncate after truncate on register.ways
  for each statement execute function register.announce_layers('Ways', '{ways}');
