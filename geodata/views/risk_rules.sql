create view odata.risk_rules as
select r.version, r.title_en, r.title_zh, coalesce(a.rule = r.version, false) as is_active, a.chosen_at, a.chosen_by,
       r.model, r.distance_mode, r.reach_metres, r.cutoff_metres, r.red_at_least, r.orange_at_least, r.yellow_at_least, r.sha256,
       r.published_at
from register.risk_rules r
left join register.active_risk_rule a on a.rule = r.version;
