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

-- What an extract said last time about each object imported from OpenStreetMap. An object is only written again when the
-- extract says something new, so importing twice changes nothing, and a correction made by hand is not undone.
create table register.osm_origins (
  entity      text not null check (entity in ('Divisions', 'Hazards', 'Facilities')),
  code        text not null,                -- osm-n1, osm-w2, osm-r3; of a division its code
  extract     text not null,                -- name of the extract, without its date
  fingerprint text not null,
  primary key (entity, code)
);
create index osm_origins_by_extract on register.osm_origins (extract);
