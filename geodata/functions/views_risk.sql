-- Rules, runs and the history of levels as the API serves them. Runs after views.sql, which makes the schema.
create view odata.risk_rules as
select r.version, r.title_en, r.title_zh, coalesce(a.rule = r.version, false) as is_active, a.chosen_at, a.chosen_by, r.distance_mode, r.reach_metres,
       r.red_at_least, r.orange_at_least, r.yellow_at_least, r.sha256, r.published_at
from register.risk_rules r
left join register.active_risk_rule a on a.rule = r.version;

create view odata.risk_runs as
select id, rule, state, progress, requested_at, started_at, finished_at, started_by as requested_by, hazards, facilities, pairs, changed, level_changes,
       (levels ->> 'Red')::integer as red, (levels ->> 'Orange')::integer as orange, (levels ->> 'Yellow')::integer as yellow, (levels ->> 'Blue')::integer as blue,
       inputs_hash, read_seconds, score_seconds, write_seconds, error
from register.risk_runs;

create view odata.risk_level_changes as
select id, hazard_id, division_code, from_level, to_level, from_score, to_score, rule, cause, run_id, changed_at, changed_by
from register.risk_level_changes;
