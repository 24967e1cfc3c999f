-- Where people live inside a division, as points: a hamlet, or the homes of a cell of 200 m. Nobody counts children there: a division's
-- are shared out over its points by weight, over the buildings where it has some, else over the places. Children's homes and the
-- division's centre stand in where it has neither, and are not kept here: they are told already (register.way_origins).
create table register.settlements (
  id            uuid primary key default register.uuid_v7(),
  code          text not null unique check (code <> '' and length(code) <= 64),
  name          text check (length(name) <= 200),
  kind          text not null default 'Place' check (kind in ('Building', 'Place')),
  location      geography(Point, 4326) not null check (register.is_sound(location)),
  division_code text not null references register.divisions (code),   -- that which holds the location, unless somebody says another
  weight        double precision not null default 1 check (weight >= 0 and weight <= 1000000000),   -- against its division's others
  is_synthetic  boolean not null default false,
  source        text not null default 'HazardMap',
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  version       integer not null default 1,
  constraint settlements_code_word check (register.is_word(code)),
  constraint settlements_name_line check (register.is_line(name)),
  constraint settlements_created_at_calendar check (register.is_in_calendar(created_at)),
  constraint settlements_updated_at_calendar check (register.is_in_calendar(updated_at))
);
create index settlements_by_division on register.settlements (division_code text_pattern_ops, id);
create index settlements_by_kind on register.settlements (kind, id);
create index settlements_location on register.settlements using gist (location);
create index settlements_location_planar on register.settlements using gist ((location::geometry));
-- Cells of buildings have no name: only places are searched.
create index settlements_name_trigrams on register.settlements using gin (name gin_trgm_ops);

-- Settlements come from extracts, and children set out from them.
alter table register.osm_origins drop constraint osm_origins_entity_check;
alter table register.osm_origins add constraint osm_origins_entity_check
  check (entity in ('Divisions', 'Hazards', 'Facilities', 'Settlements'));
alter table register.ways drop constraint ways_origin_kind_check;
alter table register.ways add constraint ways_origin_kind_check check (origin_kind in ('Division', 'ChildrensHome', 'Settlement'));
