-- One row a full run: what was read, what came out, how long it took.
insert into register.risk_runs (rule, started_at, started_by, hazards, facilities, pairs, changed,
                                read_seconds, score_seconds, write_seconds, levels)
values ($1, $2, register.actor(), $3, $4, $5, $6, $7, $8, $9, $10::jsonb)
