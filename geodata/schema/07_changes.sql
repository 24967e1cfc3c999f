-- What changed: the history of every record, what open maps must draw anew, and what other systems are to be told.

-- History: one row for every row that changed, append-only, written by the same statement's transaction.
-- fields: insert {"field": new}, update {"field": [old, new]}, delete {"field": old}.
-- xid lets a reader of changes follow commit order: everything below pg_snapshot_xmin is complete.
create table register.history (
  id            bigint generated always as identity primary key,
  entity        text        not null,
  entity_id     text        not null,
  division_code text,
  operation     text        not null check (operation in ('insert', 'update', 'delete')),
  version       integer     not null,
  fields        jsonb       not null,
  changed_at    timestamptz not null default clock_timestamp(),
  changed_by    text        not null,
  xid           xid8        not null default pg_current_xact_id()
);
create index history_of_entity on register.history (entity, entity_id, id);
create index history_of_entity_by_xid on register.history (entity, xid);   -- the newest changes of one entity, for delta links
create index history_by_time on register.history using brin (changed_at);

-- What changed on the map, so that no tile is served stale. NOTIFY alone cannot keep a cache honest: it arrives some time after
-- the edit was acknowledged. So every change also leaves a row here, in the edit's own transaction. Before a cached tile is
-- served, the service asks which rows became visible since its last look (by snapshot, not by sequence: a sequence moves before
-- its transaction commits).
create table register.map_changes (
  id         bigint generated always as identity primary key,
  xid        xid8   not null default pg_current_xact_id(),
  layer      text   not null,             -- the map layer that must be redrawn
  west       double precision,            -- the box that changed, in degrees; null: the whole layer
  south      double precision,
  east       double precision,
  north      double precision,
  check (num_nulls(west, south, east, north) in (0, 4))
);
create index map_changes_by_xid on register.map_changes (xid);

-- What other systems are to be told, in the transaction that made it so. Readers follow commit order by xid, as with history.
create table register.outbox (
  id         bigint generated always as identity primary key,
  xid        xid8 not null default pg_current_xact_id(),
  topic      text not null,
  subject    text not null,               -- what it is about, such as a hazard's id
  payload    jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);
create index outbox_by_xid on register.outbox (xid, id);
