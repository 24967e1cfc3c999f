-- A rule ($1) as its file says; a file that changed is published again. True when the register knew another text of it.
with
-- what the register knew before
known as (select sha256 from register.risk_rules where version = $1),
-- what it knows from now on
published as (
  insert into register.risk_rules as r (version, title_en, title_zh, distance_mode, reach_metres, cutoff_metres,
    red_at_least, orange_at_least, yellow_at_least, sha256, model)
  values ($1, $2, $3, $4, $5::double precision, $6, $7, $8, $9, $10, $11)
  on conflict (version) do update set title_en = excluded.title_en, title_zh = excluded.title_zh,
    distance_mode = excluded.distance_mode, reach_metres = excluded.reach_metres, cutoff_metres = excluded.cutoff_metres,
    red_at_least = excluded.red_at_least, orange_at_least = excluded.orange_at_least,
    yellow_at_least = excluded.yellow_at_least, sha256 = excluded.sha256, model = excluded.model, published_at = now()
  where r.sha256 <> excluded.sha256 or r.model <> excluded.model)
select exists (select from known where sha256 <> $10)
