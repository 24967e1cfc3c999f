-- How people log in: sessions with the device they run on, second factors, codes of a first log-in, keys of programs.
-- Secrets are kept as hashes; the secret of a second factor, which is needed as it is, encrypted by a key outside the database.

-- A log-in on a device, from its first token to the last of its refresh tokens.
create table account.sessions (
  id            uuid primary key default register.uuid_v7(),
  account_id    uuid not null references account.accounts (id) on delete cascade,
  device        text check (length(device) <= 100),          -- as the client calls itself, such as 王五的手机
  agent         text not null check (length(agent) <= 100),  -- the browser's or program's family: Chrome, Android
  address       text not null check (length(address) <= 60), -- in short form: 203.0.113.0/24
  began_by      text not null check (began_by in ('Password', 'Link', 'OneTimeCode', 'Unknown')),
  created_at    timestamptz not null default now(),
  last_seen_at  timestamptz not null default now(),
  expires_at    timestamptz not null,
  ended_at      timestamptz,
  ended_because text check (ended_because in ('LoggedOut', 'Revoked', 'PasswordChanged', 'Disabled', 'Reset', 'RefreshTokenReused')),
  constraint sessions_device_line check (register.is_line(device)),
  constraint sessions_agent_line check (register.is_line(agent)),
  constraint sessions_created_at_calendar check (register.is_in_calendar(created_at)),
  constraint sessions_last_seen_at_calendar check (register.is_in_calendar(last_seen_at)),
  constraint sessions_expires_at_calendar check (register.is_in_calendar(expires_at)),
  constraint sessions_ended_at_calendar check (register.is_in_calendar(ended_at)),
  constraint sessions_ended_together check (num_nulls(ended_at, ended_because) in (0, 2))
);
create index sessions_of_account on account.sessions (account_id, created_at);

-- Tokens: bearer, of a program; session and refresh, of a log-in; key, of a program that is confined to an area.
alter table account.tokens
  add column session_id uuid,
  add column spent_at   timestamptz,                                   -- when a refresh token gave way to the next one
  add column name       text check (length(name) <= 100),              -- what a key is for
  add column area       text references register.divisions (code);     -- what a key is confined to, beside its account
update account.tokens set session_id = register.uuid_v7() where purpose = 'session';
insert into account.sessions (id, account_id, agent, address, began_by, created_at, last_seen_at, expires_at, ended_at, ended_because)
select session_id, account_id, '?', '?', 'Unknown', created_at, created_at, expires_at, revoked_at,
       case when revoked_at is not null then 'LoggedOut' end
from account.tokens where purpose = 'session';
alter table account.tokens
  drop constraint tokens_purpose_check,
  add constraint tokens_purpose_check check (purpose in ('bearer', 'session', 'refresh', 'key')),
  add constraint tokens_session_id_fkey foreign key (session_id) references account.sessions (id) on delete cascade,
  add constraint tokens_of_a_session check ((session_id is not null) = (purpose in ('session', 'refresh'))),
  add constraint tokens_spent check (spent_at is null or purpose = 'refresh'),
  add constraint tokens_of_a_key check ((name is not null) = (purpose = 'key') and (area is null or purpose = 'key')),
  add constraint tokens_name_line check (register.is_line(name)),
  add constraint tokens_spent_at_calendar check (register.is_in_calendar(spent_at));
create index tokens_of_session on account.tokens (session_id) where session_id is not null;

-- A link logs in by itself; a code of a first log-in lets a person set the password.
alter table account.login_codes
  add column purpose text not null default 'Link' constraint login_codes_purpose_check check (purpose in ('Link', 'FirstLogin'));
create index login_codes_of_account on account.login_codes (account_id) where used_at is null;

-- TOTP (RFC 6238). Counts once it is confirmed with a code.
create table account.second_factors (
  account_id   uuid primary key references account.accounts (id) on delete cascade,
  secret       text not null,            -- encrypted by ASP.NET data protection
  last_step    bigint,                   -- the thirty seconds of the last code that was taken: none is taken twice
  created_at   timestamptz not null default now(),
  confirmed_at timestamptz,
  constraint second_factors_created_at_calendar check (register.is_in_calendar(created_at)),
  constraint second_factors_confirmed_at_calendar check (register.is_in_calendar(confirmed_at))
);

-- For who has lost what makes codes: each once.
create table account.recovery_codes (
  hash       bytea primary key check (length(hash) = 32),
  account_id uuid not null references account.second_factors (account_id) on delete cascade,
  created_at timestamptz not null default now(),
  used_at    timestamptz,
  constraint recovery_codes_created_at_calendar check (register.is_in_calendar(created_at)),
  constraint recovery_codes_used_at_calendar check (register.is_in_calendar(used_at))
);
create index recovery_codes_of_account on account.recovery_codes (account_id);
