-- Moves the few reaches ($2 waters, $3 ordinals, $4 shapes, $5 from, $6 to, $7 scores, $8 levels) of some hazards ($1) into the register,
-- touching only rows that change.
with
reached as (
  select * from unnest($2::uuid[], $3::integer[], $4::bytea[], $5::double precision[], $6::double precision[], $7::double precision[],
                       $8::text[]) n (hazard_id, ordinal, shape, from_metres, to_metres, score, level)),
-- reaches that their water has no more
gone as (
  delete from register.hazard_reaches r
  where r.hazard_id = any ($1::uuid[])
    and not exists (select from reached n where n.hazard_id = r.hazard_id and n.ordinal = r.ordinal))
insert into register.hazard_reaches as r (hazard_id, ordinal, shape, from_metres, to_metres, score, level)
select hazard_id, ordinal, shape::geography, from_metres, to_metres, score, level from reached
on conflict (hazard_id, ordinal) do update
set shape = excluded.shape, from_metres = excluded.from_metres, to_metres = excluded.to_metres, score = excluded.score,
  level = excluded.level
where (r.from_metres, r.to_metres, r.score, r.level) is distinct from (excluded.from_metres, excluded.to_metres,
  excluded.score, excluded.level)
   or st_asbinary(r.shape::geometry) <> st_asbinary(excluded.shape::geometry)
