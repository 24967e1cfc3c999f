-- Which rule is in force, what waits to be scored again, when a level changed, and runs that are ordered and watched.

-- The rules that were published to this register, as their files say; one of them is in force.
create table register.risk_rules (
  version        text primary key,
  title_en       text not null,
  title_zh       text not null,
  distance_mode  text not null check (distance_mode in ('Straight', 'Walk')),
  reach_metres   double precision,
  red_at_least   double precision not null,
  orange_at_least double precision not null,
  yellow_at_least double precision not null,
  sha256         text not null,              -- of the file's text
  published_at   timestamptz not null default now()
);

create table register.active_risk_rule (
  is_only   boolean primary key default true check (is_only),
  rule      text not null,
  chosen_at timestamptz not null default now(),
  chosen_by text not null default register.actor()
);
insert into register.active_risk_rule (rule, chosen_by, chosen_at)
select rule, started_by, started_at from register.risk_runs order by started_at desc limit 1;

-- ---------------------------------------------------------------------------------------------------------------
-- Runs are orders: a row that is POSTed, done by a worker, watched and called off while it goes on.
alter table register.risk_runs
  add column state            text not null default 'Queued' check (state in ('Queued', 'Running', 'Done', 'Failed', 'Cancelled')),
  add column progress         double precision not null default 0 check (progress between 0 and 1),
  add column requested_at     timestamptz not null default clock_timestamp(),
  add column finished_at      timestamptz,
  add column attempts         integer not null default 0,
  add column cancel_requested boolean not null default false,
  add column error            text,
  add column inputs_hash      text,          -- of the rule and of everything it looked at: equal inputs, equal scores
  add column level_changes    integer,
  alter column rule drop not null,           -- null until it begins: the rule in force then
  alter column started_at drop not null,
  alter column started_by set default register.actor(),
  alter column hazards drop not null,
  alter column facilities drop not null,
  alter column pairs drop not null,
  alter column changed drop not null,
  alter column read_seconds drop not null,
  alter column score_seconds drop not null,
  alter column write_seconds drop not null,
  alter column levels drop not null;
update register.risk_runs
set state = 'Done', progress = 1, requested_at = started_at, attempts = 1,
    finished_at = started_at + make_interval(secs => read_seconds + score_seconds + write_seconds);
create index risk_runs_open on register.risk_runs (requested_at, id) where state in ('Queued', 'Running');

-- ---------------------------------------------------------------------------------------------------------------
-- Level changes are history: append-only, one row a change; from_level is null where a water was graded the first time
-- (not by a full run: a new register's first grades are the run's own counts).
create table register.risk_level_changes (
  id            uuid primary key default register.uuid_v7(),
  hazard_id     uuid not null,               -- no reference: the history outlives the water
  division_code text not null,
  from_level    text check (from_level in ('Red', 'Orange', 'Yellow', 'Blue')),
  to_level      text not null check (to_level in ('Red', 'Orange', 'Yellow', 'Blue')),
  from_score    double precision,
  to_score      double precision not null,
  rule          text not null,               -- the rule of the new level
  cause         text not null check (cause in ('Edit', 'Run', 'Import', 'Queue')),
  run_id        uuid,
  changed_at    timestamptz not null default clock_timestamp(),
  changed_by    text not null default register.actor(),
  check (from_level is distinct from to_level)
);
create index risk_level_changes_of_hazard on register.risk_level_changes (hazard_id, changed_at desc);
create index risk_level_changes_by_division on register.risk_level_changes (division_code text_pattern_ops, id);
create trigger append_only before update or delete or truncate on register.risk_level_changes
  for each statement execute function register.refuse_rewriting_history();

-- What other systems are to be told, in the transaction that made it so. Readers follow commit order by xid, as with history.
create table register.outbox (
  id         bigint generated always as identity primary key,
  xid        xid8 not null default pg_current_xact_id(),
  topic      text not null,
  subject    text not null,                  -- what it is about, such as a hazard's id
  payload    jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);
create index outbox_by_xid on register.outbox (xid, id);

-- Open maps and other systems hear of every level change; more than a hundred in one transaction are announced as many.
create function register.announce_level_changes() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched constant bigint := (select count(*) from added);
begin
  if touched = 0 then return null; end if;
  insert into register.outbox (topic, subject, payload)
  select 'RiskLevelChanged', hazard_id::text, jsonb_build_object('hazardId', hazard_id, 'divisionCode', division_code, 'from', from_level,
    'to', to_level, 'fromScore', from_score, 'toScore', to_score, 'rule', rule, 'cause', cause, 'changedAt', changed_at)
  from added;
  if not register.announce_singly('RiskLevelChanges', 'hazards', touched) then return null; end if;
  perform pg_notify('hazardmap_changes', json_build_object('entity', 'RiskLevelChanges', 'id', a.hazard_id, 'from', a.from_level, 'to', a.to_level,
    'lon', trim_scale(round(st_x(h.location::geometry)::numeric, 7)), 'lat', trim_scale(round(st_y(h.location::geometry)::numeric, 7)))::text)
  from added a join register.hazards h on h.id = a.hazard_id;
  return null;
end $$;
create trigger announce_insert after insert on register.risk_level_changes referencing new table as added
  for each statement execute function register.announce_level_changes();

-- ---------------------------------------------------------------------------------------------------------------
-- Past incidents of a water, counted as they come. Not a column of hazard_risks: an incident's transaction would hold that
-- row while it waits for a run, and the run for that row.
create table register.hazard_incidents (
  hazard_id uuid primary key references register.hazards (id) on delete cascade,
  incidents integer not null check (incidents >= 0)
);
insert into register.hazard_incidents select hazard_id, count(*) from register.incidents group by hazard_id;

-- What must be scored again, written by whoever changes an input, in his transaction. The service scores its own edits
-- before it commits; what others left (psql, a script) a worker scores within a second or two of their commit.
create table register.risk_queue (
  id        bigint generated always as identity primary key,
  xid       xid8 not null default pg_current_xact_id(),
  hazard_id uuid,                            -- this water
  place     geography(Point, 4326),          -- every water that children here may count for
  queued_at timestamptz not null default clock_timestamp(),
  check (num_nonnulls(hazard_id, place) <= 1)   -- neither: everything
);
create index risk_queue_by_xid on register.risk_queue (xid);

-- More than a thousand rows in one statement are everything: a full run is quicker then. Nothing is queued twice in a transaction.
create function register.queue_risks(hazards uuid[], places geography[]) returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if coalesce(cardinality(hazards), 0) + coalesce(cardinality(places), 0) > 1000 then
    if not exists (select from risk_queue where xid = pg_current_xact_id() and num_nonnulls(hazard_id, place) = 0) then
      insert into risk_queue default values;
    end if;
  else
    insert into risk_queue (hazard_id) select distinct h from unnest(hazards) h;
    insert into risk_queue (place) select p::geography from (select distinct p::geometry as p from unnest(places) p) d;
  end if;
end $$;

create function register.queue_hazards() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched uuid[];
begin
  if tg_op = 'INSERT' then
    touched := array(select id from inserted limit 1001);
  else
    touched := array(
      select n.id from updated_to n join updated_from o using (id)
      where n.version <> o.version
        and ((n.kind, n.depth_metres, n.flow, n.bank, n.access, n.has_sign, n.has_ring, n.has_rope, n.has_pole, n.has_camera, n.status)
            is distinct from (o.kind, o.depth_metres, o.flow, o.bank, o.access, o.has_sign, o.has_ring, o.has_rope, o.has_pole, o.has_camera, o.status)
           or st_asbinary(n.shape) <> st_asbinary(o.shape))
      limit 1001);
  end if;
  perform register.queue_risks(touched, null);
  return null;
end $$;
create trigger queue_insert after insert on register.hazards referencing new table as inserted
  for each statement execute function register.queue_hazards();
create trigger queue_update after update on register.hazards referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_hazards();

-- Where children are or were: a facility that moves also touches the waters it leaves.
create function register.queue_facilities() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched geography[];
begin
  if tg_op = 'INSERT' then
    touched := array(select location from inserted where under5 > 0 or aged_5_to_14 > 0 limit 1001);
  elsif tg_op = 'DELETE' then
    touched := array(select location from deleted where under5 > 0 or aged_5_to_14 > 0 limit 1001);
  else
    touched := array(
      select place from updated_to n join updated_from o using (id)
      cross join lateral (values (o.location, o.under5 + o.aged_5_to_14), (n.location, n.under5 + n.aged_5_to_14)) v (place, children)
      where n.version <> o.version and children > 0
        and (n.under5, n.aged_5_to_14, st_asbinary(n.location)) is distinct from (o.under5, o.aged_5_to_14, st_asbinary(o.location))
      limit 1001);
  end if;
  perform register.queue_risks(null, touched);
  return null;
end $$;
create trigger queue_insert after insert on register.facilities referencing new table as inserted
  for each statement execute function register.queue_facilities();
create trigger queue_update after update on register.facilities referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_facilities();
create trigger queue_delete after delete on register.facilities referencing old table as deleted
  for each statement execute function register.queue_facilities();

create function register.count_incidents(hazards uuid[], added integer) returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if added > 0 then
    insert into hazard_incidents as c (hazard_id, incidents)
    select h, count(*) * added from unnest(hazards) h group by h order by h
    on conflict (hazard_id) do update set incidents = c.incidents + excluded.incidents;
  else
    update hazard_incidents c set incidents = c.incidents + n * added
    from (select h, count(*) as n from unnest(hazards) h group by h order by h) s where c.hazard_id = s.h;
  end if;
  perform register.queue_risks(hazards, null);
end $$;

create function register.queue_incidents() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then perform register.count_incidents(array(select hazard_id from removed), -1); end if;
  if tg_op <> 'DELETE' then perform register.count_incidents(array(select hazard_id from added), 1); end if;
  return null;
end $$;
create trigger queue_insert after insert on register.incidents referencing new table as added
  for each statement execute function register.queue_incidents();
create trigger queue_update after update on register.incidents referencing old table as removed new table as added
  for each statement execute function register.queue_incidents();
create trigger queue_delete after delete on register.incidents referencing old table as removed
  for each statement execute function register.queue_incidents();

-- Roads enter only a rule that measures on foot; whatever changes in them may change any way.
create function register.queue_roads() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if exists (select from active_risk_rule a join risk_rules r on r.version = a.rule where r.distance_mode = 'Walk')
     and not exists (select from risk_queue where xid = pg_current_xact_id() and num_nonnulls(hazard_id, place) = 0) then
    insert into risk_queue default values;
  end if;
  return null;
end $$;
create trigger queue_change after insert or update or delete on register.road_edges
  for each statement execute function register.queue_roads();
create trigger queue_truncate after truncate on register.road_edges
  for each statement execute function register.queue_roads();
