-- Triggers of register.divisions, in the order in which they fire.

-- Before update.
create trigger stamp_version before update on register.divisions for each row execute function register.stamp_version();

-- After any statement: the layers are drawn anew as a whole.
create trigger announce_layers after insert or update or delete or truncate on register.divisions
  for each statement execute function register.announce_layers('Divisions', '{divisions,basemap}');

-- After insert, also.
create trigger queue_risks_insert after insert on register.divisions
  for each statement execute function register.queue_risks_of_homes();
create trigger queue_ways_insert after insert on register.divisions referencing new table as inserted
  for each statement execute function register.queue_ways_of_divisions();
create trigger record_history_insert after insert on register.divisions referencing new table as inserted
  for each statement execute function register.record_history('Divisions', 'code', 'code');

-- After update, also.
create trigger queue_risks_update after update on register.divisions referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_risks_of_divisions();
create trigger queue_ways_update after update on register.divisions referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_ways_of_divisions();
create trigger record_history_update after update on register.divisions referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('Divisions', 'code', 'code');

-- After delete, also.
create trigger queue_risks_delete after delete on register.divisions
  for each statement execute function register.queue_risks_of_homes();
create trigger queue_ways_delete after delete on register.divisions referencing old table as deleted
  for each statement execute function register.queue_ways_of_divisions();
create trigger record_history_delete after delete on register.divisions referencing old table as deleted
  for each statement execute function register.record_history('Divisions', 'code', 'code');

-- After truncate, also.
create trigger queue_risks_truncate after truncate on register.divisions
  for each statement execute function register.queue_risks_of_homes();
create trigger queue_ways_truncate after truncate on register.divisions
  for each statement execute function register.queue_many_ways('Everything');
