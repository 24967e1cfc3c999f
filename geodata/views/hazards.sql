-- Every column is a property of the set: the description in Register/Sets is held equal by a test. The score stands beside it.
create view odata.hazards as
select h.*, r.score as risk_score, r.level as risk_level, r.rule as risk_rule,
       r.visits, r.deadliness, r.deadliness_ratio, r.risk_low, r.risk_high, r.level_held,
       register.other_level(r.level, r.score, r.risk_low, r.risk_high, r.level_held, (select register.level_bounds())) as other_level
from register.hazards h join register.hazard_risks r on r.hazard_id = h.id;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.hazard_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code
from register.history h where entity = 'Hazards'
union all
select hazard_id, xid, null from register.hazard_risks where xid is not null;
