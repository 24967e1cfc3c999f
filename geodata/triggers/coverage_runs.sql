-- Triggers of register.coverage_runs.

-- After update: the map shows another run.
create trigger announce_shown_run after update of shown_at on register.coverage_runs
  for each row when (new.shown_at is distinct from old.shown_at)
  execute function register.announce_layers('CatchmentAreas', '{catchments}');
