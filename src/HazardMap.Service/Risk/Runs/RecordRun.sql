-- A full run that was part of something else, such as an import: what was read, what came out, how long it took.
insert into register.risk_runs (state, progress, attempts, rule, requested_at, started_at, finished_at, started_by, hazards,
  facilities, pairs, changed,
                                level_changes, inputs_hash, read_seconds, score_seconds, write_seconds, levels)
values ('Done', 1, 1, $1, $2, $2, clock_timestamp(), register.actor(), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb)
