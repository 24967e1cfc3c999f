-- What a rule of trips keeps: beside each score what it is made of, the scale that makes deaths of visits, and the places that children
-- set out from.

alter table register.hazard_risks
  add column visits double precision check (visits >= 0 and visits < 'Infinity'),           -- on a holiday of the peak month
  add column deadliness_ratio double precision check (deadliness_ratio >= 0 and deadliness_ratio < 'Infinity'),
  add column deadliness text check (deadliness in ('I', 'II', 'III', 'IV')),
  add column risk_low double precision,
  add column risk_high double precision,
  add column level_held double precision check (level_held between 0 and 1),
  -- Trips by who makes them (Presence.cs), in that order: a dot product with weights of an hour gives its visits.
  add column trips real[] check (cardinality(trips) = 16),
  add constraint hazard_risks_risk_low_check check (risk_low >= 0 and risk_low <= score),
  add constraint hazard_risks_risk_high_check check (risk_high >= score and risk_high < 'Infinity'),
  -- all of them, or under a rule of proximity none
  add constraint hazard_risks_trips_together
    check (num_nulls(visits, deadliness_ratio, deadliness, risk_low, risk_high, level_held, trips) in (0, 7));

-- Made of the whole register by whoever asks for it, or by the first run that finds children; the newest of a rule's text counts.
-- An edit makes none: else a fence here would raise every other water, and no repair would show in the total.
create table register.risk_scales (
  id                uuid primary key default register.uuid_v7(),
  rule              text not null,
  sha256            text not null,                  -- of the rule file's text
  year              integer not null,               -- whose calendars it was made with
  waters            integer not null,
  children_1_to_4   double precision not null,
  children_5_to_14  double precision not null,
  deaths_per_year   double precision not null,      -- expected of the whole register
  scale             json not null,                  -- as TripScale.cs writes it, to the last bit
  -- What maps need, as TripMaps.cs writes it: {"of": {"SchoolDay": [24 numbers], ...}, "weights": [[16 numbers], ...], "levels"}: which
  -- weights hold at an hour of a kind of day (-1: nobody comes); trips times these, times the month's and the hour's share in the scale,
  -- are visits; and when a level is held firmly.
  for_maps          json not null,
  -- Somebody asked for it, so it stays until somebody asks again; else the first run with children made it, and an import that makes the
  -- register another one makes it anew.
  is_asked_for      boolean not null,
  created_at        timestamptz not null default clock_timestamp(),
  created_by        text not null default register.actor(),
  updated_at        timestamptz not null default clock_timestamp(),
  version           integer not null default 1,
  constraint risk_scales_created_at_calendar check (register.is_in_calendar(created_at)),
  constraint risk_scales_updated_at_calendar check (register.is_in_calendar(updated_at))
);
create index risk_scales_by_rule on register.risk_scales (rule, created_at desc);

-- Where children set out from: homes, with who of them is away by day, and facilities, with who is in them. Written by runs of a rule
-- of trips and by what follows a change; only by a transaction that holds the lock on risk scores.
create table register.risk_origins (
  kind           text not null check (kind in ('Building', 'Place', 'ChildrensHome', 'Centre', 'Facility')),
  key            uuid not null,                     -- the settlement's or facility's; of a centre made of the division's code
  longitude      double precision not null,
  latitude       double precision not null,
  location       geography(Point, 4326) not null generated always as (st_setsrid(st_point(longitude, latitude), 4326)::geography) stored,
  spread_metres  double precision not null,
  is_town        boolean not null,
  children       double precision[] not null check (cardinality(children) = 16),
  -- What all waters together pull here, by age, and how that changes with the length of decay: whole numbers of 2^-44.
  pulls          bigint[] not null check (cardinality(pulls) = 4),
  primary key (kind, key)
);
create index risk_origins_location on register.risk_origins using gist (location);

-- The calendars that were published to this register, as their files say.
create table register.school_calendars (
  code          text primary key,                   -- 5326-2026: the division it is for, the year
  division_code text not null,
  year          integer not null,
  holidays      jsonb not null,
  workdays      jsonb not null,
  sha256        text not null,                      -- of the file's text
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  version       integer not null default 1,
  constraint school_calendars_created_at_calendar check (register.is_in_calendar(created_at)),
  constraint school_calendars_updated_at_calendar check (register.is_in_calendar(updated_at))
);

-- What else must be scored again: where a water lay before it moved or went, whose share of the children others get; and where homes or
-- facilities changed, whose children are then elsewhere.
alter table register.risk_queue
  drop constraint risk_queue_check,
  drop constraint risk_queue_check1,
  add column former geography(Geometry, 4326),
  add column about_homes boolean not null default false,
  add constraint risk_queue_subject_check check (num_nonnulls(hazard_id, place, former) <= 1),   -- none: everything
  add constraint risk_queue_about_check
    check (not (about_roads or about_homes) or num_nonnulls(hazard_id, place, former) = 0 and not (about_roads and about_homes));

-- A new register starts with a rule of trips; one that is in service keeps its rule until somebody chooses another.
insert into register.active_risk_rule (rule, chosen_by)
select coalesce((select rule from register.hazard_risks where rule is not null limit 1), '2026-1'), 'HazardMap'
where exists (select from register.hazards)
on conflict do nothing;

-- Whether a run was asked to make the scale anew, though there is one.
alter table register.risk_runs add column makes_scale boolean not null default false;

-- The day that scores are of: whether a fence was looked at lately, which divisions are in force.
create table register.risk_day (
  is_only boolean primary key default true check (is_only),
  day     date not null default current_date,
  constraint risk_day_day_calendar check (register.is_in_calendar(day))
);
insert into register.risk_day default values;

-- What a rule's scores are: of two models they are not comparable. Rules are published again at every start.
alter table register.risk_rules add column model text not null default 'Proximity' check (model in ('Proximity', 'Trips'));
