-- The rhythm's rows, in place of those before: version, zone and hash; visits by level; days to a deadline by severity; days after it by
-- the level that a defect climbs to.
with
visits as (
  select * from unnest($4::text[], $5::integer[], $6::integer[], $7::integer[], $8::integer[], $9::integer[], $10::integer[],
                       $11::integer[], $12::integer[])
    v (level, days, months, season_from, season_to, noon_from, noon_to, dusk_from, dusk_to)),
deadlines as (
  insert into register.deadline_rhythm (severity, days) select * from unnest($13::text[], $14::integer[])
  on conflict (severity) do update set days = excluded.days),
no_climb as (delete from register.climb_rhythm where level <> all ($15::text[])),
climbs as (
  insert into register.climb_rhythm (level, days) select * from unnest($15::text[], $16::integer[])
  on conflict (level) do update set days = excluded.days),
levels as (
  insert into register.visit_rhythm
    (level, time_zone, days, months, season_from, season_to, noon_from, noon_to, dusk_from, dusk_to)
  select level, $2, days, months, season_from, season_to, noon_from, noon_to, dusk_from, dusk_to from visits
  on conflict (level) do update set time_zone = excluded.time_zone, days = excluded.days, months = excluded.months,
    season_from = excluded.season_from, season_to = excluded.season_to, noon_from = excluded.noon_from, noon_to = excluded.noon_to,
    dusk_from = excluded.dusk_from, dusk_to = excluded.dusk_to)
insert into register.field_rhythm (version, time_zone, sha256) values ($1, $2, $3)
on conflict (is_only) do update set version = excluded.version, time_zone = excluded.time_zone, sha256 = excluded.sha256
