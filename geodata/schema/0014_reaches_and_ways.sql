-- Reaches of long waters, as the rule in use scored them: what the map colours. A water takes its worst reach. Empty under
-- a rule that scores a water as one thing; points have none.
create table register.hazard_reaches (
  hazard_id   uuid not null references register.hazards (id) on delete cascade,
  ordinal     integer not null check (ordinal > 0),
  shape       geography(Geometry, 4326) not null,
  from_metres double precision,                     -- along a line; null for cells of an area
  to_metres   double precision,
  score       double precision not null check (score >= 0 and score < 'Infinity'),
  level       text not null check (level in ('Red', 'Orange', 'Yellow', 'Blue')),
  primary key (hazard_id, ordinal)
);
create index hazard_reaches_planar on register.hazard_reaches using gist ((shape::geometry));

-- A reach that appears, goes or changes redraws its own box; more than a hundred in a transaction, the layer.
create function register.announce_reaches() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched bigint;
begin
  if tg_op = 'TRUNCATE' then
    insert into register.map_changes (layer) values ('reaches');
    return null;
  end if;
  select count(*) into touched from (select from changed limit 101) t;
  if touched = 0 or not register.announce_singly('Reaches', 'reaches', touched) then return null; end if;
  insert into register.map_changes (layer, west, south, east, north)
  select 'reaches', st_xmin(s), st_ymin(s), st_xmax(s), st_ymax(s) from (select shape::geometry as s from changed) c;
  perform register.notify_changed('Reaches', hazard_id::text, st_pointonsurface(shape::geometry)) from changed;
  return null;
end $$;
create trigger announce_insert after insert on register.hazard_reaches referencing new table as changed
  for each statement execute function register.announce_reaches();
create trigger announce_update after update on register.hazard_reaches referencing new table as changed
  for each statement execute function register.announce_reaches();
create trigger announce_delete after delete on register.hazard_reaches referencing old table as changed
  for each statement execute function register.announce_reaches();
create trigger announce_truncate after truncate on register.hazard_reaches
  for each statement execute function register.announce_reaches();

-- When the ways to school were last computed, from what, by whom.
create table register.way_runs (
  id               uuid primary key default register.uuid_v7(),
  computed_at      timestamptz not null default now(),
  computed_by      text not null default register.actor(),
  road_revision    bigint not null,                 -- register.road_revision then: another number now means other roads
  farthest_metres  double precision not null,       -- nobody is taken to walk farther
  within_metres    double precision not null,       -- what counts as near in way_waters
  schools          integer not null,
  origins          integer not null,
  ways             integer not null,
  unserved         integer not null,                -- origins with no school within walking distance
  waters           integer not null,
  seconds          double precision not null
);
create index way_runs_by_time on register.way_runs (computed_at desc);

-- The shortest walking path from each village or children's home to the school or kindergarten that serves it.
create table register.ways (
  facility_id    uuid not null references register.facilities (id) on delete cascade,
  origin_kind    text not null check (origin_kind in ('Division', 'ChildrensHome')),
  origin         text not null,                     -- the division's code, the children's home's id
  origin_name    text not null,
  division_code  text not null,                     -- of the school: whose area it is
  children       double precision not null check (children >= 0),   -- the school's own, shared out over its ways
  door_metres    double precision not null,         -- straight from the origin to the network
  path_metres    double precision not null,
  gate_metres    double precision not null,         -- straight from the network to the school
  geom           geometry(LineString, 4326) not null,
  primary key (facility_id, origin_kind, origin)
);
create index ways_geom on register.ways using gist (geom);
create index ways_geography on register.ways using gist ((geom::geography));

-- The waters near each school's ways, ranked by children and time.
create table register.way_waters (
  facility_id    uuid not null references register.facilities (id) on delete cascade,
  hazard_id      uuid not null references register.hazards (id) on delete cascade,
  division_code  text not null,
  ways           integer not null,                  -- of the school that pass it
  nearest_metres double precision not null,
  metres         double precision not null,         -- of these ways near the water
  children       double precision not null,
  child_minutes  double precision not null,         -- one way, all together
  primary key (facility_id, hazard_id)
);
create index way_waters_by_hazard on register.way_waters (hazard_id);
create index way_waters_by_rank on register.way_waters (child_minutes desc, facility_id, hazard_id);

call register.announce_as_a_whole('register.ways', 'insert or update or truncate', 'Ways', '{ways}');
call register.announce_as_a_whole('register.way_waters', 'insert or update or truncate', 'Ways', '{ways}');

-- A school or a water that goes takes its ways along; one that had none changes nothing on the map.
create function register.announce_lost_ways() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if exists (select from lost) then
    insert into register.map_changes (layer) values ('ways');
    perform register.notify_many('Ways');
  end if;
  return null;
end $$;
create trigger announce_delete after delete on register.ways referencing old table as lost
  for each statement execute function register.announce_lost_ways();
create trigger announce_delete after delete on register.way_waters referencing old table as lost
  for each statement execute function register.announce_lost_ways();
