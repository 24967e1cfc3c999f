create view odata.risk_level_changes as
select id, hazard_id, division_code, from_level, to_level, from_score, to_score, rule, cause, run_id, changed_at, changed_by
from register.risk_level_changes;
