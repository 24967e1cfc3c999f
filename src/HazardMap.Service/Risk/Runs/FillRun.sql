-- The same for a run that was ordered ($1), which knows itself when it began.
update register.risk_runs
set rule = $2, hazards = $3, facilities = $4, pairs = $5, changed = $6, level_changes = $7, inputs_hash = $8,
    read_seconds = $9, score_seconds = $10, write_seconds = $11, levels = $12::jsonb
where id = $1
