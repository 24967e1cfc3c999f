-- The copies score what the originals score.
insert into register.hazard_risks (hazard_id, score, level, rule, scored_at)
select h.id, r.score, r.level, r.rule, r.scored_at
from register.hazards h
join register.hazards o on o.code = split_part(h.code, '-', 1)
join register.hazard_risks r on r.hazard_id = o.id
where h.code like '%-%'
