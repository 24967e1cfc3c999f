-- Triggers of register.hazard_risks, in the order in which they fire.

-- Before update: what can be read of the score changed.
create trigger set_xid before update on register.hazard_risks for each row
  when ((old.score, old.level, old.rule, old.visits, old.deadliness_ratio, old.risk_low, old.level_held)
        is distinct from (new.score, new.level, new.rule, new.visits, new.deadliness_ratio, new.risk_low, new.level_held))
  execute function register.set_xid_of_score();

-- After insert.
create trigger count_map_cells_insert after insert on register.hazard_risks referencing new table as inserted
  for each statement execute function register.count_map_cells('hazards', 'across', 'down', 'coalesce(level, '''')');

-- After update.
create trigger announce_update after update on register.hazard_risks referencing old table as updated_from new table as updated_to
  for each statement execute function register.announce_scores();
create trigger count_map_cells_update after update on register.hazard_risks referencing old table as updated_from new table as updated_to
  for each statement execute function register.count_map_cells('hazards', 'across', 'down', 'coalesce(level, '''')');

-- After delete.
create trigger count_map_cells_delete after delete on register.hazard_risks referencing old table as deleted
  for each statement execute function register.count_map_cells('hazards', 'across', 'down', 'coalesce(level, '''')');

-- After truncate.
create trigger announce_truncate after truncate on register.hazard_risks
  for each statement execute function register.announce_layers('Hazards', '{hazards}');
create trigger forget_map_cells after truncate on register.hazard_risks
  for each statement execute function register.forget_map_cells('hazards');
