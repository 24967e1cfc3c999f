-- What the base map shows beside the register: rivers, places, and the land of the world.

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

-- The land of the whole world, so that the map is blank nowhere; filled from geodata/basemap/land.txt.
create table register.land (
  id   bigint generated always as identity primary key,
  fine boolean not null,
  geom geometry(Polygon, 4326) not null
);
create index land_geom on register.land using gist (geom) where fine;
