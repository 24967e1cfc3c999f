-- Risk: what each water scores, the rules, runs, and what waits to be scored.

-- Scores live beside the hazards, not in them: a full run rewrites every score without touching the wide rows and their
-- spatial indexes, and a neighbour's edit does not make an inspector's copy of a hazard stale.
--
-- Rows here and in hazard_reaches are written and deleted only by a transaction that holds the lock on risk scores
-- (lock_risk_scores), but for the new rows of a new water. So a run, an edit or the worker that holds it never waits for a row,
-- and never meets a water that somebody deletes meanwhile.
create table register.hazard_risks (
  -- No foreign key: a row written twice in a transaction (moved, then scored) would have its key checked, and that check waits
  -- for whoever holds the water's own row: perhaps an editor who waits for the lock. Triggers keep the two together instead.
  hazard_id uuid primary key,
  score     double precision check (score >= 0 and score < 'Infinity'),   -- null: not scored yet
  level     text check (level in ('Red', 'Orange', 'Yellow', 'Blue')),
  rule      text,
  scored_at timestamptz,
  -- A score that changes is a change of its hazard, though it leaves no history: the transaction that last changed what can be
  -- read of it, for delta links. Null: none yet.
  xid       xid8,
  -- The water's place (world_across, world_down), so that a full run's scores are counted without reading a wide row.
  across    integer not null,
  down      integer not null,
  check (num_nulls(score, level, rule, scored_at) in (0, 4))
) with (fillfactor = 80);
create index hazard_risks_by_score on register.hazard_risks (score desc nulls last, hazard_id);
create index hazard_risks_by_level on register.hazard_risks (level, hazard_id);
create index hazard_risks_by_xid on register.hazard_risks (xid);

-- Waters whose place in hazard_risks is not their location yet. Who moves a water adds it here and does not touch its risk;
-- whoever holds the lock next, mostly the same transaction, brings its place up to date.
create table register.moved_waters (hazard_id uuid not null);

-- Past incidents of a water, counted as they come. Not a column of hazard_risks: an incident's transaction would hold that row
-- while it waits for a run, and the run for that row.
create table register.hazard_incidents (
  hazard_id uuid primary key references register.hazards (id) on delete cascade,
  incidents integer not null check (incidents >= 0)
);

-- Reaches of long waters, as the rule in force scored them: what the map colours. A water takes its worst reach. Empty under a
-- rule that scores a water as one thing; points have none.
create table register.hazard_reaches (
  -- The row of risk, not the water's: that one an editor who waits for the lock may hold.
  hazard_id   uuid not null references register.hazard_risks (hazard_id) on delete cascade,
  ordinal     integer not null check (ordinal > 0),
  shape       geography(Geometry, 4326) not null,
  from_metres double precision,                     -- along a line; null for cells of an area
  to_metres   double precision,
  score       double precision not null check (score >= 0 and score < 'Infinity'),
  level       text not null check (level in ('Red', 'Orange', 'Yellow', 'Blue')),
  primary key (hazard_id, ordinal)
);
create index hazard_reaches_planar on register.hazard_reaches using gist ((shape::geometry));

-- ---------------------------------------------------------------------------------------------------------------
-- The rules that were published to this register, as their files say; one of them is in force.
create table register.risk_rules (
  version         text primary key,
  title_en        text not null,
  title_zh        text not null,
  distance_mode   text not null check (distance_mode in ('Straight', 'Walk')),
  reach_metres    double precision,                  -- null: a water is one thing
  cutoff_metres   double precision not null,         -- farther children do not count
  red_at_least    double precision not null,
  orange_at_least double precision not null,
  yellow_at_least double precision not null,
  sha256          text not null,                     -- of the file's text
  published_at    timestamptz not null default now()
);

create table register.active_risk_rule (
  is_only   boolean primary key default true check (is_only),
  rule      text not null,
  chosen_at timestamptz not null default now(),
  chosen_by text not null default register.actor()
);

-- ---------------------------------------------------------------------------------------------------------------
-- A run is an order: a row that is POSTed, done by a worker, watched and called off while it goes on. What came out is null
-- until it is done.
create table register.risk_runs (
  id               uuid primary key default register.uuid_v7(),
  rule             text,                             -- null until it begins: the rule in force then
  started_at       timestamptz,
  started_by       text not null default register.actor(),
  hazards          integer,
  facilities       integer,
  pairs            bigint,
  changed          integer,
  read_seconds     double precision,
  score_seconds    double precision,
  write_seconds    double precision,
  levels           jsonb,
  state            text not null default 'Queued' check (state in ('Queued', 'Running', 'Done', 'Failed', 'Cancelled')),
  progress         double precision not null default 0 check (progress between 0 and 1),
  requested_at     timestamptz not null default clock_timestamp(),
  finished_at      timestamptz,
  attempts         integer not null default 0,
  cancel_requested boolean not null default false,
  error            text,
  inputs_hash      text,                             -- of the rule and of everything it looked at: equal inputs, equal scores
  level_changes    integer
);
create index risk_runs_by_time on register.risk_runs (started_at desc);
create index risk_runs_open on register.risk_runs (requested_at, id) where state in ('Queued', 'Running');

-- Level changes are history: append-only, one row a change; from_level is null where a water was graded the first time
-- (not by a full run: a new register's first grades are the run's own counts).
create table register.risk_level_changes (
  id            uuid primary key default register.uuid_v7(),
  hazard_id     uuid not null,                       -- no reference: the history outlives the water
  division_code text not null,
  from_level    text check (from_level in ('Red', 'Orange', 'Yellow', 'Blue')),
  to_level      text not null check (to_level in ('Red', 'Orange', 'Yellow', 'Blue')),
  from_score    double precision,
  to_score      double precision not null,
  rule          text not null,                       -- the rule of the new level
  cause         text not null check (cause in ('Edit', 'Run', 'Import', 'Queue')),
  run_id        uuid,
  changed_at    timestamptz not null default clock_timestamp(),
  changed_by    text not null default register.actor(),
  check (from_level is distinct from to_level)
);
create index risk_level_changes_of_hazard on register.risk_level_changes (hazard_id, changed_at desc);
create index risk_level_changes_by_division on register.risk_level_changes (division_code text_pattern_ops, id);

-- ---------------------------------------------------------------------------------------------------------------
-- What must be scored again, written by whoever changes an input, in the same transaction. The service scores its own edits
-- before it commits; what others left (psql, a script) a worker scores within a second or two of their commit.
create table register.risk_queue (
  id          bigint generated always as identity primary key,
  xid         xid8 not null default pg_current_xact_id(),
  hazard_id   uuid,                                  -- this water
  place       geography(Point, 4326),                -- every water that children here may count for
  queued_at   timestamptz not null default clock_timestamp(),
  -- The roads changed: everything, if the rule in force measures on foot. That is known for certain only under the lock on risk
  -- scores (a run that brings such a rule may be going on), so a change of roads is always queued.
  about_roads boolean not null default false,
  check (num_nonnulls(hazard_id, place) <= 1),       -- neither: everything
  check (not about_roads or num_nonnulls(hazard_id, place) = 0)
);
create index risk_queue_by_xid on register.risk_queue (xid);
