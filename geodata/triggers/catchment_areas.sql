-- Triggers of register.catchment_areas.

-- After insert, delete and truncate (a run's areas are never updated): the layer is drawn anew as a whole.
create trigger announce_layers after insert or delete or truncate on register.catchment_areas
  for each statement execute function register.announce_layers('CatchmentAreas', '{catchments}');
