-- What comes late from phones, what became of it, and the order in which changes became visible.

-- What could not be merged: a field that two people changed, or a request that could not be done, whole. A person decides it. Values
-- are JSON as the API writes them.
create table register.conflicts (
  id             uuid primary key default register.uuid_v7(),
  kind           text not null check (kind in ('Field', 'Deleted', 'Closed', 'OutOfReach', 'UnknownBase', 'Refused')),
  entity         text not null,                 -- the set
  entity_id      text,                          -- null: it was to be created, and named no key
  division_code  text,                          -- where it lay last; null: nobody knows
  field          text,
  base           text,
  mine           text,
  theirs         text,
  base_version   integer,
  their_version  integer,
  their_by       text,
  their_at       timestamptz,
  method         text not null,
  url            text not null,                 -- below /odata
  body           jsonb,                         -- of a request that is kept whole
  code           text,                          -- why it was refused
  reason         text,
  reason_zh      text,
  made_by        text not null default register.actor(),
  made_at        timestamptz,                   -- by the device's clock
  device         text not null default '',
  request        text not null default '',      -- its repeatability id
  received_at    timestamptz not null default clock_timestamp(),
  state          text not null default 'Open' check (state in ('Open', 'Mine', 'Theirs', 'Other')),
  decided_by     text,
  decided_at     timestamptz,
  decided        text,                          -- the value that a person gave instead
  created_at     timestamptz not null default clock_timestamp(),
  updated_at     timestamptz not null default clock_timestamp(),
  version        integer not null default 1,
  constraint conflicts_field_check check ((kind = 'Field') = (field is not null)),
  constraint conflicts_decided_check check ((state = 'Open') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
  constraint conflicts_their_at_calendar check (register.is_in_calendar(their_at)),
  constraint conflicts_made_at_calendar check (register.is_in_calendar(made_at)),
  constraint conflicts_received_at_calendar check (register.is_in_calendar(received_at)),
  constraint conflicts_decided_at_calendar check (register.is_in_calendar(decided_at)),
  constraint conflicts_created_at_calendar check (register.is_in_calendar(created_at)),
  constraint conflicts_updated_at_calendar check (register.is_in_calendar(updated_at))
);
create index conflicts_of_entity on register.conflicts (entity, entity_id);
create index conflicts_open on register.conflicts (division_code text_pattern_ops, received_at) where state = 'Open';
create index conflicts_of_maker on register.conflicts (made_by);
create index conflicts_of_other on register.conflicts (their_by);

-- What became of a request that a device may send again: kept longer than its answer, for who asks weeks later whether it arrived.
-- xid ties it to the rows of history that it caused.
create table account.receipts (
  caller        text not null,
  request       text not null,
  device        text not null,
  method        text not null,
  entity        text not null,
  entity_id     text,
  status        integer not null,
  version       integer,                        -- of the entity, after it
  conflicts     text,                           -- ids, separated by commas
  device_order  bigint,                         -- its place in the device's queue
  unsent        integer,                        -- what the device still had to send
  made_at       timestamptz,                    -- by the device's clock
  received_at   timestamptz not null default clock_timestamp(),
  xid           xid8 not null default pg_current_xact_id(),
  primary key (caller, request, device),
  constraint receipts_made_at_calendar check (register.is_in_calendar(made_at)),
  constraint receipts_received_at_calendar check (register.is_in_calendar(received_at))
);
create index receipts_by_xid on account.receipts (xid);
create index receipts_of_device on account.receipts (caller, device, received_at desc);
create index receipts_by_age on account.receipts using brin (received_at);

-- Events: history and outbox, in an order that is made after the commit and never changes. A number of a sequence moves before its
-- transaction commits, so a reader who remembers one misses what commits later with a smaller one. Here one writer at a time gives each
-- transaction its place when its rows are there to be seen (functions/order_events.sql); a reader remembers the place.
create table register.event_order (
  seq     bigint primary key,
  xid     xid8 not null unique,
  events  integer not null,                     -- rows of history and outbox
  at      timestamptz not null default clock_timestamp(),
  constraint event_order_at_calendar check (register.is_in_calendar(at))
);
create index event_order_by_age on register.event_order (at);

create table register.event_state (
  one        boolean primary key default true check (one),
  era        bigint not null,                   -- another one after a restore: places of the one before mean nothing
  epoch      text not null,                     -- names the cluster and its timeline
  last_seq   bigint not null,
  -- Transactions before it have their place.
  seen       xid8 not null,
  -- Rows of history and outbox that were there when the era began.
  history_id bigint not null,
  outbox_id  bigint not null
);
create index history_by_xid on register.history (xid);

-- Places elsewhere that are told of changes, within the rights of an account. The secret signs, so it is kept as it is.
create table account.webhooks (
  id            uuid primary key default register.uuid_v7(),
  account_id    uuid not null references account.accounts (id) on delete cascade,
  url           text not null check (url ~ '^https?://' and length(url) <= 2000),
  secret        text not null,
  entities      text[],                         -- null: all
  created_at    timestamptz not null default clock_timestamp(),
  -- What was delivered last: era, place, and number within the transaction.
  era           bigint not null default 0,
  seq           bigint not null default 0,
  nth           bigint not null default 0,
  delivered_at  timestamptz,
  failures      integer not null default 0,     -- in a row
  next_try_at   timestamptz not null default clock_timestamp(),
  last_error    text,
  stopped_at    timestamptz,                    -- after too many failures, or by command
  constraint webhooks_created_at_calendar check (register.is_in_calendar(created_at)),
  constraint webhooks_delivered_at_calendar check (register.is_in_calendar(delivered_at)),
  constraint webhooks_next_try_at_calendar check (register.is_in_calendar(next_try_at)),
  constraint webhooks_stopped_at_calendar check (register.is_in_calendar(stopped_at))
);
