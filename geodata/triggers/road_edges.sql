-- Triggers of register.road_edges, in the order in which they fire.

-- After any statement: the layers are drawn anew as a whole, and what is measured on foot is queued.
create trigger announce_layers after insert or update or delete or truncate on register.road_edges
  for each statement execute function register.announce_layers('Roads', '{roads,basemap}');
create trigger queue_risks after insert or update or delete or truncate on register.road_edges
  for each statement execute function register.queue_risks_on_foot();

-- After it, also: once more the roads are others.
create trigger raise_revision_insert after insert on register.road_edges referencing new table as changed
  for each statement execute function register.raise_road_revision();
create trigger raise_revision_update after update on register.road_edges referencing new table as changed
  for each statement execute function register.raise_road_revision();
create trigger raise_revision_delete after delete on register.road_edges referencing old table as changed
  for each statement execute function register.raise_road_revision();
create trigger raise_revision_truncate after truncate on register.road_edges
  for each statement execute function register.raise_road_revision();
