-- The road network as pgRouting people know it: edges between junctions, with what each direction allows.
create table register.road_edges (
  id              bigint generated always as identity primary key,
  way_id          bigint not null,                       -- OSM way the edge was cut from
  segment         integer not null,                      -- its place along the way, from 0
  source          bigint not null,                       -- junction: OSM node id
  target          bigint not null,
  class           text not null,                         -- highway=*
  name            text,
  geom            geometry(LineString, 4326) not null check (st_isvalid(geom) and st_npoints(geom) >= 2),
  length_metres   double precision not null check (length_metres >= 0 and length_metres < 'Infinity'),
  speed_kmh       double precision check (speed_kmh > 0),
  walk_forward    boolean not null,
  walk_backward   boolean not null,
  drive_forward   boolean not null,
  drive_backward  boolean not null,
  division_code   text not null references register.divisions (code),
  origin          text not null,                         -- the extract it came from
  unique (way_id, segment)
);
create index road_edges_by_source on register.road_edges (source);
create index road_edges_by_target on register.road_edges (target);
create index road_edges_geom on register.road_edges using gist (geom);

-- Reference river lines for the map (not hazards: nobody answers for them).
create table register.rivers (
  id     bigint generated always as identity primary key,
  name   text,
  kind   text not null,
  geom   geometry(LineString, 4326) not null check (st_isvalid(geom)),
  source text not null
);
create index rivers_geom on register.rivers using gist (geom);

-- Named places for the base map and for search.
create table register.places (
  id            bigint generated always as identity primary key,
  name          text not null,
  name_latin    text,
  kind          text not null,
  population    integer,
  location      geometry(Point, 4326) not null,
  source        text not null
);
create index places_location on register.places using gist (location);

-- What was imported, from where, when: the report is kept.
create table register.imports (
  id          uuid primary key default register.uuid_v7(),
  file_name   text not null,
  sha256      bytea not null check (length(sha256) = 32),
  kind        text not null,
  imported_at timestamptz not null default now(),
  imported_by text not null default register.actor(),
  report      jsonb not null
);
