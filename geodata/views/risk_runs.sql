create view odata.risk_runs as
select id, rule, state, progress, requested_at, started_at, finished_at, started_by as requested_by,
       hazards, facilities, pairs, changed, level_changes,
       (levels ->> 'Red')::integer as red, (levels ->> 'Orange')::integer as orange,
       (levels ->> 'Yellow')::integer as yellow, (levels ->> 'Blue')::integer as blue,
       inputs_hash, read_seconds, score_seconds, write_seconds, error
from register.risk_runs;
