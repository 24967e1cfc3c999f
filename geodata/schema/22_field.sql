-- The field: inspections as evidence, the rhythm of visits, and defects on their way from found to closed.

-- ---------------------------------------------------------------------------------------------------------------
-- The four ones and the camera: unknown until somebody has looked, which is not the same as missing.
alter table register.hazards
  alter column has_sign drop not null, alter column has_sign drop default,
  alter column has_ring drop not null, alter column has_ring drop default,
  alter column has_rope drop not null, alter column has_rope drop default,
  alter column has_pole drop not null, alter column has_pole drop default,
  alter column has_camera drop not null, alter column has_camera drop default;

-- An extract says nothing of them: where it brought the water and nobody ever looked or stated any, "none" was made up.
update register.hazards h
set has_sign = null, has_ring = null, has_rope = null, has_pole = null, has_camera = null
where exists (select from register.osm_origins o where o.entity = 'Hazards' and o.code = h.code)
  and not (h.has_sign or h.has_ring or h.has_rope or h.has_pole or h.has_camera) and h.last_inspected_at is null
  and not exists (select from register.inspections i where i.hazard_id = h.id)
  and not exists (select from register.history c where c.entity = 'Hazards' and c.entity_id = h.id::text and c.operation = 'update'
                  and c.fields ?| array['has_sign', 'has_ring', 'has_rope', 'has_pole', 'has_camera']);
set constraints all immediate;   -- no trigger of the table may be waiting when it is altered

-- When a water is due follows from its last inspection, its level and the rhythm, and is not kept: so it is right in the same moment in
-- which any of them changes, and a full run that moves nine million levels writes nothing for it.
alter table register.hazards drop column next_inspection_due_at cascade;

-- ---------------------------------------------------------------------------------------------------------------
-- The rhythm that was published to this register, as its file in geodata/visits says. The migrator enters it.
create table register.field_rhythm (
  is_only   boolean primary key default true check (is_only),
  version   text not null,
  time_zone text not null,
  sha256    text not null                            -- of the file's text
);

-- A water of this level is due at the end of the day so many days and months after the last visit; where there are rounds, in season at
-- the end of the next round, in minutes of the day. Seasons are of every year: month * 100 + day.
create table register.visit_rhythm (
  level       text primary key check (level in ('Red', 'Orange', 'Yellow', 'Blue')),
  time_zone   text not null,
  days        integer not null check (days >= 0),
  months      integer not null check (months >= 0),
  season_from integer,
  season_to   integer,
  noon_from   integer check (noon_from between 0 and 1440),
  noon_to     integer check (noon_to between 0 and 1440),
  dusk_from   integer check (dusk_from between 0 and 1440),
  dusk_to     integer check (dusk_to between 0 and 1440),
  check (num_nulls(season_from, season_to, noon_from, noon_to, dusk_from, dusk_to) in (0, 6))
);

-- Days from finding a defect to its deadline, where nobody states one.
create table register.deadline_rhythm (
  severity text primary key check (severity in ('Minor', 'Serious', 'Grave')),
  days     integer not null check (days >= 0)
);

-- So many days after its deadline an open defect climbs to this level.
create table register.climb_rhythm (
  level text primary key check (level in ('Prefecture', 'County', 'Township')),
  days  integer not null check (days >= 0)
);

-- ---------------------------------------------------------------------------------------------------------------
-- Inspections. at is when the visit was by the server's clock: what the device said, less its clock's error.
alter table register.inspections
  add column device_at timestamptz,                  -- the device's clock when the record was made
  add column received_at timestamptz,                -- the server's when it came; null: before this was noted
  add column clock_skew_seconds double precision,    -- how far the device's clock was ahead; null: not known
  add column accuracy_metres double precision check (accuracy_metres >= 0),
  add column metres_from_shape double precision check (metres_from_shape >= 0),
  add column corrects_id uuid references register.inspections (id),
  add column flags text,                             -- what a supervisor should look at, words in order; null: nothing
  add column has_camera boolean,
  add column depth_metres double precision check (depth_metres between 0 and 12000),
  add column access text check (access in ('Open', 'Restricted', 'Fenced')),
  add constraint inspections_device_at_calendar check (register.is_in_calendar(device_at)),
  add constraint inspections_received_at_calendar check (register.is_in_calendar(received_at)),
  add constraint inspections_corrects_id_key unique (corrects_id),   -- a chain, not a tree
  add constraint inspections_corrects_id_check check (corrects_id <> id);

-- ---------------------------------------------------------------------------------------------------------------
-- Rectifications.
alter table register.rectifications
  add column category text check (category in ('Sign', 'RescueGear', 'Fence', 'Bank', 'Building', 'Electric', 'FireExit', 'Environment',
                                               'Other')),
  add column severity text check (severity in ('Minor', 'Serious', 'Grave')),
  add column unit_name text check (length(unit_name) <= 200),      -- the unit that answers for putting it right
  add column cost double precision check (cost >= 0 and cost < 'Infinity'),   -- yuan
  add column inspection_id uuid references register.inspections (id),         -- that found it
  add column before_photo_id uuid references register.photos (id),
  add column after_photo_id uuid references register.photos (id),
  add column escalated_to text check (escalated_to in ('Prefecture', 'County', 'Township', 'Village')),   -- the level it has climbed to
  add column number text,                            -- 销号: of a county and a year, given when it is closed
  add constraint rectifications_number_key unique (number),
  add constraint rectifications_unit_name_line check (register.is_line(unit_name));
create index rectifications_due on register.rectifications (due_on) where state in ('Found', 'Assigned', 'Reopened');
create index rectifications_of_inspection on register.rectifications (inspection_id) where inspection_id is not null;

-- The last number given, so that none is given twice and none is left out.
create table register.rectification_numbers (
  county_code text not null,
  year        integer not null,
  last_number integer not null check (last_number >= 0),
  primary key (county_code, year)
);

-- Each step of each defect, written by the trigger that judges it; nobody rewrites it.
create table register.rectification_steps (
  id               uuid primary key default register.uuid_v7(),
  rectification_id uuid not null references register.rectifications (id),
  division_code    text not null,
  from_state       text check (from_state in ('Found', 'Assigned', 'Done', 'Verified', 'Closed', 'Reopened')),   -- null: it was found
  to_state         text not null check (to_state in ('Found', 'Assigned', 'Done', 'Verified', 'Closed', 'Reopened')),
  person_id        uuid references register.people (id),   -- to whom it was assigned, who did it, who verified it
  note             text check (length(note) <= 4000),
  at               timestamptz not null default clock_timestamp(),
  changed_by       text not null default register.actor(),
  constraint rectification_steps_note_prose check (register.is_prose(note)),
  constraint rectification_steps_at_calendar check (register.is_in_calendar(at))
);
create index rectification_steps_of on register.rectification_steps (rectification_id, at);
create index rectification_steps_by_division on register.rectification_steps (division_code text_pattern_ops, id);

-- What somebody is told: a person where one answers for it at that level, else whoever looks after the division.
create table register.notifications (
  id            uuid primary key default register.uuid_v7(),
  person_id     uuid references register.people (id) on delete cascade,
  division_code text not null,
  kind          text not null check (kind in ('RectificationAssigned', 'RectificationClimbed')),
  entity_id     uuid not null,
  at            timestamptz not null default clock_timestamp(),
  read_at       timestamptz,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  version       integer not null default 1,
  constraint notifications_at_calendar check (register.is_in_calendar(at)),
  constraint notifications_read_at_calendar check (register.is_in_calendar(read_at)),
  constraint notifications_created_at_calendar check (register.is_in_calendar(created_at)),
  constraint notifications_updated_at_calendar check (register.is_in_calendar(updated_at))
);
create index notifications_by_division on register.notifications (division_code text_pattern_ops, id);
create index notifications_of_person on register.notifications (person_id, at desc) where person_id is not null;
