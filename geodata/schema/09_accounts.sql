-- Secrets are never stored: tokens and login codes as SHA-256, passwords as PBKDF2 by ASP.NET Core Identity.
create table account.accounts (
  id            uuid primary key default register.uuid_v7(),
  user_name     text not null unique check (user_name ~ '^[^\s:]{1,64}$'),
  display_name  text not null,
  password_hash text,
  role          text not null check (role in ('Administrator')),
  area          text references register.divisions (code),   -- null: everywhere
  created_at    timestamptz not null default now(),
  disabled_at   timestamptz
);

create table account.tokens (
  hash       bytea primary key check (length(hash) = 32),
  account_id uuid not null references account.accounts (id) on delete cascade,
  purpose    text not null check (purpose in ('bearer', 'session')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index tokens_of_account on account.tokens (account_id);

create table account.login_codes (
  hash       bytea primary key check (length(hash) = 32),
  account_id uuid not null references account.accounts (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz
);

-- Answers of repeatable requests (OASIS Repeatable Requests 1.0), each written in the transaction of the change it answers:
-- a request that is sent again, perhaps after a crash between commit and answer, is answered from here and not done twice.
-- In schema account, which people with psql cannot read: an answer may hold personal data.
create table account.repeatable_requests (
  caller       text not null,             -- who sent it: nobody is answered another's request
  client       text not null,             -- Repeatability-Client-ID, or empty
  request      text not null,             -- Repeatability-Request-ID
  fingerprint  bytea not null,            -- SHA-256 of all that decides what the request does
  recorded_at  timestamptz not null default now(),
  status       integer,                   -- null only inside the claiming transaction
  headers      text,                      -- a JSON object
  body         bytea,
  primary key (caller, client, request)
);
create index repeatable_requests_by_age on account.repeatable_requests (recorded_at);
