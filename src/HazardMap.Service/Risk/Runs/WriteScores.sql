-- given: create temp table rescored on commit drop as select * from register.hazard_risks with no data
-- Moves new scores ($1 = the rule) into the register, touching only rows that change. The keys lie between $2 and $3, so
-- that of a nation's waters only those are looked at.
update register.hazard_risks r
set score = n.score, level = n.level, rule = $1, scored_at = now(), visits = n.visits, deadliness_ratio = n.deadliness_ratio,
    deadliness = n.deadliness, risk_low = n.risk_low, risk_high = n.risk_high, level_held = n.level_held, trips = n.trips
from rescored n
where r.hazard_id = n.hazard_id and r.hazard_id between $2 and $3
  and (r.score, r.level, r.rule, r.visits, r.deadliness_ratio, r.risk_low, r.level_held, r.trips)
      is distinct from (n.score, n.level, $1, n.visits, n.deadliness_ratio, n.risk_low, n.level_held, n.trips)
