-- Triggers of register.places.

-- After any statement: the layers are drawn anew as a whole.
create trigger announce_layers after insert or update or delete or truncate on register.places
  for each statement execute function register.announce_layers('Places', '{basemap}');
