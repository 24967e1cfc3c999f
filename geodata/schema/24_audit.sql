-- Who logged in, read personal data, took data out, changed permissions or took a change back: one row each, chained by hashes, so that
-- none can be altered, removed, put in or moved without it showing (README.md of the service's room Audit).
-- Not for every edit: those stand in register.history.
create table account.audit_entries (
  id            uuid primary key default register.uuid_v7(),
  number        bigint unique,           -- 1, 2, 3 ... in the order of commits; given with the hash when the transaction commits
  at            timestamptz not null default clock_timestamp(),
  actor         text not null default register.actor(),
  action        text not null check (length(action) <= 60),
  entity        text check (length(entity) <= 60),
  entity_id     text check (length(entity_id) <= 200),
  division_code text,                    -- where that is, for who may read the entries of an area
  reason        text check (length(reason) <= 1000),
  details       jsonb,
  previous_hash bytea check (length(previous_hash) = 32),
  hash          bytea check (length(hash) = 32),
  constraint audit_entries_at_calendar check (register.is_in_calendar(at)),
  constraint audit_entries_action_word check (register.is_word(action)),
  constraint audit_entries_reason_prose check (register.is_prose(reason)),
  constraint audit_entries_sealed_together check (num_nulls(number, previous_hash, hash) in (0, 3))
);
create index audit_entries_by_time on account.audit_entries (at, id);
create index audit_entries_by_actor on account.audit_entries (actor, at);
create index audit_entries_of_entity on account.audit_entries (entity, entity_id, at);

-- The last link of the chain. Its row is the lock: held from the end of a transaction to its commit, and by audited ones only.
create table account.audit_head (
  is_only boolean primary key default true check (is_only),
  number  bigint not null check (number >= 0),
  hash    bytea  not null check (length(hash) = 32)
);
insert into account.audit_head (number, hash) values (0, decode(repeat('00', 32), 'hex'));
