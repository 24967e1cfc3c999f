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

-- How often the roads changed. Whoever holds the network in memory asks before relying on it: one row, one number, moved
-- in the changing transaction, so that network and number read in one snapshot belong together.
create table register.road_revision (
  is_only  boolean primary key default true check (is_only),
  revision bigint not null default 0
);
insert into register.road_revision default values;
