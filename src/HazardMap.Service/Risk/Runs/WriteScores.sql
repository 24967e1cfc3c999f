-- given: create temp table rescored (hazard_id uuid, score double precision, level text) on commit drop
-- Moves new scores ($1 = the rule) into the register, touching only rows that change. The keys lie between $2 and $3, so
-- that of a nation's waters only those are looked at.
update register.hazard_risks r
set score = n.score, level = n.level, rule = $1, scored_at = now()
from rescored n
where r.hazard_id = n.hazard_id and r.hazard_id between $2 and $3
  and (r.score, r.level, r.rule) is distinct from (n.score, n.level, $1)
