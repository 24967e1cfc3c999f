-- What a run ($1) came to, in its own row; the map shows the run from now on.
update register.coverage_runs set distance = $2, notes = $3, inputs_hash = $4, results_hash = $5, road_revision = $6, demand_points = $7,
  demand_total = $8,
  covered = $9, supplies = $10, capacity = $11, supplies_without_capacity = $12, demand_off_network = $13, supplies_off_network = $14,
  demand_on_islands = $15,
  read_seconds = $16, measure_seconds = $17, draw_seconds = $18, shown_at = clock_timestamp()
where id = $1
