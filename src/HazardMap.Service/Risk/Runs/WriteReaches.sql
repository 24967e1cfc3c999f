-- given: create temp table reached (hazard_id uuid, ordinal int, shape bytea, from_metres float, to_metres float, score float, level text)
-- Moves the reaches of some hazards ($2), or of all ($1), into the register, touching only rows that change.
with
-- reaches that their water has no more
gone as (
  delete from register.hazard_reaches r
  where ($1 or r.hazard_id = any ($2::uuid[]))
    and not exists (select from reached n where n.hazard_id = r.hazard_id and n.ordinal = r.ordinal))
insert into register.hazard_reaches as r (hazard_id, ordinal, shape, from_metres, to_metres, score, level)
select hazard_id, ordinal, shape::geography, from_metres, to_metres, score, level from reached
on conflict (hazard_id, ordinal) do update
set shape = excluded.shape, from_metres = excluded.from_metres, to_metres = excluded.to_metres, score = excluded.score,
  level = excluded.level
where (r.from_metres, r.to_metres, r.score, r.level) is distinct from (excluded.from_metres, excluded.to_metres,
  excluded.score, excluded.level)
   or st_asbinary(r.shape::geometry) <> st_asbinary(excluded.shape::geometry)
