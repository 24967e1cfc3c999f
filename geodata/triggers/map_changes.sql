-- Triggers of register.map_changes.

-- After insert: visits are drawn of the same rows as waters, so what makes tiles of these stale makes those stale.
create trigger announce_visits after insert on register.map_changes for each row when (new.layer = 'hazards')
  execute function register.announce_visits();
