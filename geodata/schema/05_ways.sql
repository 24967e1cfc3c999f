-- Ways to school, and the waters beside them. They follow every change: whoever changes an input queues it in the same
-- transaction, and a worker finds the ways again that it can touch. An edit never computes a way and never waits for one.
--
-- Ways and the waters beside them have no foreign keys: an edit that removes a school or a water must not wait for the worker,
-- nor the worker for it. The queued row, not a reference, takes them away.

-- The shortest walking path from each village or children's home to the school or kindergarten that serves it.
create table register.ways (
  facility_id    uuid not null,
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
  facility_id    uuid not null,
  hazard_id      uuid not null,
  division_code  text not null,
  ways           integer not null,                  -- of the school that pass it
  nearest_metres double precision not null,
  metres         double precision not null,         -- of these ways near the water
  children       double precision not null,
  child_minutes  double precision not null,         -- one way, all together
  geom           geometry(Point, 4326) not null,    -- the water's place, so that the map knows what to draw anew when it is gone
  primary key (facility_id, hazard_id)
);
create index way_waters_by_hazard on register.way_waters (hazard_id);
create index way_waters_by_rank on register.way_waters (child_minutes desc, facility_id, hazard_id);
create index way_waters_geom on register.way_waters using gist (geom);

-- When the ways were last computed as a whole, from what, by whom. The newest run is the one that ended last.
create table register.way_runs (
  id               uuid primary key default register.uuid_v7(),
  computed_at      timestamptz not null default clock_timestamp(),
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

create table register.way_queue (
  id        bigint generated always as identity primary key,
  xid       xid8 not null default pg_current_xact_id(),
  concerns  text not null check (concerns in (
    'Water',         -- this water lies elsewhere, opened, closed or is gone
    'Pupils',        -- of this school: how many, or whose area it is
    'School',        -- this school stands or stood here
    'Origin',        -- children set out from here, or did, or others do
    'Waters',        -- many waters
    'Everything')),  -- roads, or many of the others
  subject   uuid check ((subject is null) = (concerns not in ('Water', 'Pupils', 'School'))),
  place     geography(Point, 4326) check ((place is null) = (concerns not in ('School', 'Origin'))),
  queued_at timestamptz not null default clock_timestamp()
);
create index way_queue_of_many on register.way_queue (xid) where concerns in ('Waters', 'Everything');

-- When the worker last had nothing left to do, and on which day it looked: divisions begin and end at midnight.
create table register.way_state (
  is_only      boolean primary key default true check (is_only),
  caught_up_at timestamptz,
  as_of        date not null default current_date
);
insert into register.way_state default values;
