-- Triggers of register.road_revision.

-- After update.
create trigger queue_ways after update on register.road_revision
  for each row execute function register.queue_many_ways('Everything');
