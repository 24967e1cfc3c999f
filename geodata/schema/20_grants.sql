-- What an account may do, where and when: any number of roles, each within an area. An account without a role in force may log in and
-- sees nothing.
create table account.grants (
  id         uuid primary key default register.uuid_v7(),
  account    text not null references account.accounts (user_name) on update cascade on delete cascade,
  role       text not null check (role in ('Administrator', 'Leader', 'Supervisor', 'Inspector', 'Planner', 'Clerk', 'Viewer', 'Auditor')),
  area       text references register.divisions (code),   -- with all below it; null: everywhere
  valid_from timestamptz not null default now(),
  valid_to   timestamptz,                                  -- the first moment at which it holds no more; null: no end is known
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version    integer not null default 1,
  constraint grants_time check (valid_to > valid_from),
  constraint grants_valid_from_calendar check (register.is_in_calendar(valid_from)),
  constraint grants_valid_to_calendar check (register.is_in_calendar(valid_to)),
  constraint grants_created_at_calendar check (register.is_in_calendar(created_at)),
  constraint grants_updated_at_calendar check (register.is_in_calendar(updated_at))
);
create index grants_of_account on account.grants (account);
create index grants_by_area on account.grants (area text_pattern_ops);

-- Until now an account had one role in one area.
insert into account.grants (account, role, area, valid_from) select user_name, role, area, created_at from account.accounts;
alter table account.accounts drop column role, drop column area;
