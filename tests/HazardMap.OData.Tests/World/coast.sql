-- A coast that is not ours: harbours, lighthouses, keepers.
create extension if not exists postgis;
create schema coast;

create table coast.harbours (
  code       text primary key,
  name       text not null,
  basin      geography(Polygon, 4326),
  depth      numeric(8, 2),
  opened_on  date,
  part_of    text references coast.harbours (code)
);

create table coast.lighthouses (
  id           uuid primary key,
  name         text not null check (length(name) <= 60 and name <> ''),
  kind         text not null check (kind in ('Tower', 'Lightship', 'Beacon')),
  place        geography(Point, 4326) not null,
  outline      geography(Geometry, 4326),
  harbour_code text references coast.harbours (code),
  height       double precision check (height between 0 and 200),
  steps        integer,
  range_nm     smallint,
  visitors     bigint,
  price        numeric(12, 2),
  lit          boolean,
  note         text,
  built_on     date,
  last_seen_at timestamptz,
  opens_at     time,
  blink        interval,
  badge        bytea,
  call_sign    text unique,
  version      integer not null default 1
);
create index lighthouses_place on coast.lighthouses using gist (place);
create index lighthouses_outline on coast.lighthouses using gist (outline);
create index lighthouses_height on coast.lighthouses (height desc nulls last, id);

create table coast.keepers (
  id            uuid primary key,
  lighthouse_id uuid not null references coast.lighthouses (id),
  name          text not null,
  secret        text,
  age           integer
);
create index keepers_of on coast.keepers (lighthouse_id);

create function coast.touch() returns trigger language plpgsql as $$
begin
  new.version := old.version;
  if new is distinct from old then new.version := old.version + 1; end if;
  return new;
end $$;
create trigger touch before update on coast.lighthouses for each row execute function coast.touch();

-- Whoever reads the tides must wait.
create view coast.tides as select i as id from generate_series(1, 3) i, lateral (select pg_sleep(20 + i)) s;
