-- Triggers of register.rivers.

-- After any statement: the layers are drawn anew as a whole.
create trigger announce_layers after insert or update or delete or truncate on register.rivers
  for each statement execute function register.announce_layers('Rivers', '{rivers,basemap}');
