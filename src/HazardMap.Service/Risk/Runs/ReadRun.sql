-- A run ($1) as its report tells it; the total is by the clock, for reading and scoring overlap.
select state, error, rule, hazards, facilities, pairs, changed, level_changes, inputs_hash,
       read_seconds, score_seconds, write_seconds, extract(epoch from finished_at - started_at)::double precision, levels::text
from register.risk_runs where id = $1
