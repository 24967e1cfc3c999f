-- Moves new scores ($2 waters, $3 scores, $4 levels, by rule $1) into the register, touching only rows that change.
update register.hazard_risks r
set score = n.score, level = n.level, rule = $1, scored_at = now()
from unnest($2::uuid[], $3::double precision[], $4::text[]) n (hazard_id, score, level)
where r.hazard_id = n.hazard_id
  and (r.score, r.level, r.rule) is distinct from (n.score, n.level, $1)
