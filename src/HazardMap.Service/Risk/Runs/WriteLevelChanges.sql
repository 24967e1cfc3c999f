-- The history of levels: waters $4 went from level $5 to $6 and from score $7 to $8 by rule $1, because of $2 (run $3).
insert into register.risk_level_changes (hazard_id, division_code, from_level, to_level, from_score, to_score, rule, cause, run_id)
select h.id, h.division_code, n.from_level, n.to_level, n.from_score, n.to_score, $1, $2, $3::uuid
from unnest($4::uuid[], $5::text[], $6::text[], $7::double precision[], $8::double precision[]) n (hazard_id, from_level, to_level,
  from_score, to_score)
join register.hazards h on h.id = n.hazard_id
