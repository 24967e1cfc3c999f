-- "One map, one table": divisions, hazards, facilities, and the people who answer for them.
-- Enumerations are text with a check: readable in psql, in history and in exports. Every record says itself whether it is made
-- up: a reader of one table must not have to join another to learn that nobody drowned there.

-- What the members of enumerations are called, for people with psql and for statements that write names. The program's own words,
-- which the migrator enters; nobody edits them here.
create table register.words (
  enumeration text    not null,          -- as in the API: HazardKind
  member      text    not null,          -- as it is stored: Pond
  place       integer not null,          -- among the members, from 0
  zh          text    not null,
  en          text    not null,
  primary key (enumeration, member)
);

create table register.divisions (
  code          text primary key check (code ~ '^[0-9A-Za-z.]{2,64}$'),
  name          text not null check (btrim(name) <> ''),
  level         text not null check (level in ('Prefecture', 'County', 'Township', 'Village')),
  -- Codes are hierarchical: a division's code begins with its parent's, so an area is a prefix.
  parent_code   text references register.divisions (code) deferrable initially deferred
                check (parent_code is null or starts_with(code, parent_code)),
  boundary      geography(MultiPolygon, 4326) check (register.is_sound(boundary)),
  centre        geography(Point, 4326) not null check (register.is_sound(centre)),
  population    integer check (population >= 0),
  children      integer check (children >= 0),
  elders        integer check (elders >= 0),
  valid_from    date not null default '2000-01-01',
  valid_to      date check (valid_to > valid_from),
  is_synthetic  boolean not null default false,   -- centre, boundary and counts; name and code may be real
  source        text not null default 'HazardMap',
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  version       integer not null default 1
);
create index divisions_by_parent on register.divisions (parent_code);
create index divisions_by_prefix on register.divisions (code text_pattern_ops);
create index divisions_by_level on register.divisions (level, code);
create index divisions_boundary on register.divisions using gist (boundary);
create index divisions_boundary_planar on register.divisions using gist ((boundary::geometry));
create index divisions_centre on register.divisions using gist (centre);
create index divisions_centre_planar on register.divisions using gist ((centre::geometry));   -- drawn as labels

create table register.hazards (
  id                     uuid primary key default register.uuid_v7(),
  code                   text not null unique check (code <> '' and length(code) <= 64),
  name                   text not null check (btrim(name) <> '' and length(name) <= 200),
  kind                   text not null check (kind in ('River', 'Stream', 'Lake', 'Reservoir', 'Pond', 'Canal',
                                                       'Well', 'Pit', 'Weir', 'Other')),
  shape                  geography(Geometry, 4326) not null
                         check (register.is_sound(shape) and geometrytype(shape) <> 'GEOMETRYCOLLECTION'),
  location               geography(Point, 4326) not null,   -- the point of the shape nearest to its centroid; follows the shape
  division_code          text not null references register.divisions (code),
  depth_metres           double precision check (depth_metres between 0 and 12000),
  flow                   text check (flow in ('Still', 'Slow', 'Fast')),
  bank                   text check (bank in ('Gentle', 'Steep', 'Sheer')),
  access                 text check (access in ('Open', 'Restricted', 'Fenced')),
  has_sign               boolean not null default false,
  has_ring               boolean not null default false,
  has_rope               boolean not null default false,
  has_pole               boolean not null default false,
  has_camera             boolean not null default false,
  owner_unit             text check (length(owner_unit) <= 200),
  status                 text not null default 'Active' check (status in ('Active', 'Rectifying', 'Closed')),
  last_inspected_at      timestamptz,
  next_inspection_due_at timestamptz,
  is_synthetic           boolean not null default false,
  source                 text not null default 'HazardMap',
  created_at             timestamptz not null default now(),
  updated_at             timestamptz not null default now(),
  version                integer not null default 1
);
create index hazards_by_division on register.hazards (division_code text_pattern_ops, id);
create index hazards_by_kind on register.hazards (kind, id);
create index hazards_by_name on register.hazards (name text_pattern_ops, id);
-- Somebody who searches types a part of a name or of a code: either is answered by its index.
create index hazards_name_trigrams on register.hazards using gin (name gin_trgm_ops);
create index hazards_code_trigrams on register.hazards using gin (code gin_trgm_ops);
create index hazards_due on register.hazards (next_inspection_due_at) where status <> 'Closed';
create index hazards_shape on register.hazards using gist (shape);
create index hazards_location on register.hazards using gist (location);
create index hazards_shape_planar on register.hazards using gist ((shape::geometry));
create index hazards_location_planar on register.hazards using gist ((location::geometry));


create table register.facilities (
  id               uuid primary key default register.uuid_v7(),
  code             text not null unique check (code <> '' and length(code) <= 64),
  name             text not null check (btrim(name) <> '' and length(name) <= 200),
  kind             text not null check (kind in ('School', 'Kindergarten', 'ChildrensHome', 'SwimmingPool', 'CareHome', 'Canteen',
                                                 'Bathhouse', 'CounsellingRoom', 'SocialWorkStation', 'ProtectionCentre')),
  location         geography(Point, 4326) not null check (register.is_sound(location)),
  division_code    text not null references register.divisions (code),
  capacity         integer check (capacity >= 0),
  under5           integer not null default 0 check (under5 >= 0),
  aged_5_to_14     integer not null default 0 check (aged_5_to_14 >= 0),
  aged_60_plus     integer not null default 0 check (aged_60_plus >= 0),
  counts_estimated boolean not null default false,
  status           text not null default 'Open' check (status in ('Open', 'Closed', 'Planned')),
  is_synthetic     boolean not null default false,
  source           text not null default 'HazardMap',
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  version          integer not null default 1
);
create index facilities_by_division on register.facilities (division_code text_pattern_ops, id);
create index facilities_by_kind on register.facilities (kind, id);
create index facilities_name_trigrams on register.facilities using gin (name gin_trgm_ops);
create index facilities_code_trigrams on register.facilities using gin (code gin_trgm_ops);
create index facilities_location on register.facilities using gist (location);
create index facilities_location_planar on register.facilities using gist ((location::geometry));
create index facilities_with_children on register.facilities using gist (location) where under5 > 0 or aged_5_to_14 > 0;

create table register.people (
  id            uuid primary key default register.uuid_v7(),
  name          text not null check (btrim(name) <> '' and length(name) <= 200),   -- may be a post ("德厚镇 水务站 站长")
  phone         text check (length(phone) <= 40),
  unit          text check (length(unit) <= 200),
  post          text check (length(post) <= 200),
  level         text check (level in ('Prefecture', 'County', 'Township', 'Village')),
  division_code text not null references register.divisions (code),
  is_synthetic  boolean not null default false,
  source        text not null default 'HazardMap',
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  version       integer not null default 1
);
create index people_by_division on register.people (division_code text_pattern_ops, id);

-- Who answered for it on that day: valid_from <= day and (valid_to is null or day < valid_to).
create table register.responsibilities (
  id            uuid primary key default register.uuid_v7(),
  person_id     uuid not null references register.people (id),
  hazard_id     uuid references register.hazards (id) on delete cascade,
  facility_id   uuid references register.facilities (id) on delete cascade,
  division_code text not null references register.divisions (code),
  role          text not null check (role in ('Leader', 'Owner', 'Warden', 'Inspector', 'Rescuer')),
  valid_from    date not null,
  valid_to      date check (valid_to > valid_from),
  is_synthetic  boolean not null default false,
  source        text not null default 'HazardMap',
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  version       integer not null default 1,
  check (num_nonnulls(hazard_id, facility_id) = 1)
);
create index responsibilities_of_hazard on register.responsibilities (hazard_id, valid_from) where hazard_id is not null;
create index responsibilities_of_facility on register.responsibilities (facility_id, valid_from) where facility_id is not null;
create index responsibilities_of_person on register.responsibilities (person_id);
create index responsibilities_by_division on register.responsibilities (division_code text_pattern_ops, id);

create table register.inspections (
  id            uuid primary key default register.uuid_v7(),
  hazard_id     uuid not null references register.hazards (id),
  division_code text not null references register.divisions (code),
  at            timestamptz not null,
  inspector_id  uuid references register.people (id),
  result        text not null check (result in ('Safe', 'Defects')),
  has_sign      boolean, has_ring boolean, has_rope boolean, has_pole boolean,   -- the four ones as seen; null: not looked at
  notes         text check (length(notes) <= 4000),
  position      geography(Point, 4326),
  is_synthetic  boolean not null default false,
  source        text not null default 'HazardMap',
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  version       integer not null default 1
);
create index inspections_of_hazard on register.inspections (hazard_id, at desc);
create index inspections_by_division on register.inspections (division_code text_pattern_ops, id);

create table register.photos (
  id            uuid primary key default register.uuid_v7(),
  inspection_id uuid not null references register.inspections (id),
  division_code text not null references register.divisions (code),
  media_type    text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  size_bytes    integer not null check (size_bytes > 0),
  taken_at      timestamptz,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  version       integer not null default 1
);
create index photos_of_inspection on register.photos (inspection_id);

-- The bytes of a photo, apart from what is known about it: lists of photos never touch them. Their digest is made here, so
-- that nobody can state another.
create table register.photo_contents (
  photo_id uuid primary key references register.photos (id) on delete cascade,
  content  bytea not null check (length(content) between 1 and 10485760),
  sha256   bytea not null generated always as (sha256(content)) stored
);
alter table register.photo_contents alter column content set storage external;   -- pictures are compressed already

-- A closed loop (隐患整改): found, assigned, put right, verified by another person, closed.
create table register.rectifications (
  id             uuid primary key default register.uuid_v7(),
  hazard_id      uuid references register.hazards (id),
  facility_id    uuid references register.facilities (id),
  division_code  text not null references register.divisions (code),
  found_at       timestamptz not null,
  description    text not null check (btrim(description) <> '' and length(description) <= 4000),
  due_on         date,
  state          text not null default 'Found' check (state in ('Found', 'Assigned', 'Done', 'Verified', 'Closed', 'Reopened')),
  assigned_to_id uuid references register.people (id),
  done_by_id     uuid references register.people (id),
  verified_by_id uuid references register.people (id) check (verified_by_id <> done_by_id),
  is_synthetic   boolean not null default false,
  source         text not null default 'HazardMap',
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  version        integer not null default 1,
  check (num_nonnulls(hazard_id, facility_id) = 1)
);
create index rectifications_of_hazard on register.rectifications (hazard_id) where hazard_id is not null;
create index rectifications_of_facility on register.rectifications (facility_id) where facility_id is not null;
create index rectifications_by_division on register.rectifications (division_code text_pattern_ops, id);

create table register.incidents (
  id            uuid primary key default register.uuid_v7(),
  hazard_id     uuid not null references register.hazards (id),
  division_code text not null references register.divisions (code),
  occurred_on   date not null,
  age_band      text not null check (age_band in ('Under5', 'Aged5To14', 'Aged15To59', 'Aged60Plus')),
  outcome       text not null check (outcome in ('Rescued', 'Injured', 'Died')),
  is_synthetic  boolean not null default false,
  source        text not null default 'HazardMap',
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  version       integer not null default 1
);
create index incidents_of_hazard on register.incidents (hazard_id);
create index incidents_by_division on register.incidents (division_code text_pattern_ops, id);
