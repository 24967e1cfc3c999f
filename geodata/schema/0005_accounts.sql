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
