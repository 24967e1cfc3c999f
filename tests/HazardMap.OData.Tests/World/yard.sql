-- A yard where everything may be written: docks, the ships in them, their sailors, their papers.
create extension if not exists postgis;
create schema yard;

create table yard.docks (
  code     text primary key check (code <> ''),
  name     text not null,
  depth    numeric(8, 2),
  note     text default 'as built',
  version  integer not null default 1
);

create table yard.ships (
  id         uuid primary key,
  name       text not null check (name <> ''),
  dock_code  text references yard.docks (code),
  tonnes     integer not null default 100 check (tonnes > 0),
  flag       text,
  afloat     boolean,
  badge      bytea,
  course     geography(LineString, 4326),
  made_by    text not null default current_setting('yard.actor', true),
  version    integer not null default 1
);

create table yard.sailors (
  id       uuid primary key,
  name     text not null,
  ship_id  uuid references yard.ships (id),
  rank     text not null default 'Seaman',
  pay      integer check (pay >= 0)
);

create table yard.papers (
  id          uuid primary key,
  title       text,
  ship_id     uuid references yard.ships (id),
  media_type  text not null,
  bytes       integer not null,
  content     bytea not null,
  version     integer not null default 1
);

create table yard.films (id uuid primary key, media_type text not null);
create table yard.reels (film uuid not null references yard.films (id), content bytea not null);

-- One row for each row that was ever inserted, changed or deleted: what "acted once" is counted by.
create table yard.deeds (what text not null, id text not null);

create function yard.touch() returns trigger language plpgsql as $$
begin
  new.version := old.version;
  if new is distinct from old then new.version := old.version + 1; end if;
  return new;
end $$;
create trigger touch before update on yard.docks for each row execute function yard.touch();
create trigger touch before update on yard.ships for each row execute function yard.touch();
create trigger touch before update on yard.papers for each row execute function yard.touch();

create function yard.tell() returns trigger language plpgsql as $$
begin
  insert into yard.deeds values (tg_op || ' ' || tg_table_name, coalesce(to_jsonb(new), to_jsonb(old)) ->> tg_argv[0]);
  return null;
end $$;
create trigger tell after insert or update or delete on yard.docks for each row execute function yard.tell('code');
create trigger tell after insert or update or delete on yard.ships for each row execute function yard.tell('id');
create trigger tell after insert or update or delete on yard.sailors for each row execute function yard.tell('id');

-- A slow sailor takes a second and a half: each statement is within the limit, two of them are not.
create function yard.dawdle() returns trigger language plpgsql as $$
begin
  perform pg_sleep(1.6);
  return new;
end $$;
create trigger dawdle before insert on yard.sailors for each row when (new.rank = 'Slow') execute function yard.dawdle();

-- Answers of repeatable requests; see the library's README.
create table yard.repeatable_requests (
  caller       text not null,
  client       text not null,
  request      text not null,
  fingerprint  bytea not null,
  recorded_at  timestamptz not null default now(),
  status       integer,
  headers      text,
  body         bytea,
  primary key (caller, client, request)
);
create index repeatable_requests_by_age on yard.repeatable_requests (recorded_at);

insert into yard.docks (code, name, depth) values ('A1', 'North dock', 9.5), ('A2', 'Dry dock', null), ('B1', 'Far dock', 4);
