-- Moves new scores ($2 waters, $3 scores, $4 levels, by rule $1) into the register, touching only rows that change. $5 to $11: what a
-- rule of trips keeps besides, of all rows or of none; $11 is 16 numbers a row, one row behind the other.
update register.hazard_risks r
set score = n.score, level = n.level, rule = $1, scored_at = now(), visits = n.visits, deadliness_ratio = n.ratio,
    deadliness = n.deadliness, risk_low = n.low, risk_high = n.high, level_held = n.held, trips = n.trips
from (
  select u.*, case when visits is not null then ($11::real[])[(row - 1) * 16 + 1 : row * 16] end as trips
  from unnest($2::uuid[], $3::double precision[], $4::text[], $5::double precision[], $6::double precision[], $7::text[],
              $8::double precision[], $9::double precision[], $10::double precision[])
       with ordinality u (hazard_id, score, level, visits, ratio, deadliness, low, high, held, row)) n
where r.hazard_id = n.hazard_id
  and (r.score, r.level, r.rule, r.visits, r.deadliness_ratio, r.risk_low, r.level_held, r.trips)
      is distinct from (n.score, n.level, $1, n.visits, n.ratio, n.low, n.held, n.trips)
