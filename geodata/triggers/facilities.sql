-- Triggers of register.facilities, in the order in which they fire. What they do:
--   stamp_version            version and updated_at move
--   announce                 open maps hear of it, tiles are drawn anew
--   count_map_cells          the counts that low zooms show
--   queue_risks              waters near children are queued to be scored again
--   queue_ways               ways to school from or to it are queued to be looked at again
--   record_history           one row of history for each changed row

-- Before update.
create trigger stamp_version before update on register.facilities for each row execute function register.stamp_version();

-- After insert.
create trigger announce_insert after insert on register.facilities referencing new table as inserted
  for each statement execute function register.announce_rows('Facilities', 'facilities', 'location', '{code,name,kind,location}');
create trigger count_map_cells_insert after insert on register.facilities referencing new table as inserted
  for each statement execute function register.count_map_cells(
    'facilities', 'register.world_across(location)', 'register.world_down(location)', 'kind');
create trigger queue_risks_insert after insert on register.facilities referencing new table as inserted
  for each statement execute function register.queue_risks_near_children();
create trigger queue_ways_insert after insert on register.facilities referencing new table as inserted
  for each statement execute function register.queue_ways_of_facilities();
create trigger record_history_insert after insert on register.facilities referencing new table as inserted
  for each statement execute function register.record_history('Facilities', 'id', 'division_code');

-- After update.
create trigger announce_update after update on register.facilities referencing old table as updated_from new table as updated_to
  for each statement execute function register.announce_rows('Facilities', 'facilities', 'location', '{code,name,kind,location}');
create trigger count_map_cells_update after update on register.facilities referencing old table as updated_from new table as updated_to
  for each statement execute function register.count_map_cells(
    'facilities', 'register.world_across(location)', 'register.world_down(location)', 'kind');
create trigger queue_risks_update after update on register.facilities referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_risks_near_children();
create trigger queue_ways_update after update on register.facilities referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_ways_of_facilities();
create trigger record_history_update after update on register.facilities referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('Facilities', 'id', 'division_code');

-- After delete.
create trigger announce_delete after delete on register.facilities referencing old table as deleted
  for each statement execute function register.announce_rows('Facilities', 'facilities', 'location', '{code,name,kind,location}');
create trigger count_map_cells_delete after delete on register.facilities referencing old table as deleted
  for each statement execute function register.count_map_cells(
    'facilities', 'register.world_across(location)', 'register.world_down(location)', 'kind');
create trigger queue_risks_delete after delete on register.facilities referencing old table as deleted
  for each statement execute function register.queue_risks_near_children();
create trigger queue_ways_delete after delete on register.facilities referencing old table as deleted
  for each statement execute function register.queue_ways_of_facilities();
create trigger record_history_delete after delete on register.facilities referencing old table as deleted
  for each statement execute function register.record_history('Facilities', 'id', 'division_code');

-- After truncate.
create trigger announce_truncate after truncate on register.facilities
  for each statement execute function register.announce_layers('Facilities', '{facilities}');
create trigger forget_map_cells after truncate on register.facilities
  for each statement execute function register.forget_map_cells('facilities');
create trigger queue_ways_truncate after truncate on register.facilities
  for each statement execute function register.queue_many_ways('Everything');
