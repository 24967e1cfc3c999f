-- Answers of repeatable requests (OASIS Repeatable Requests 1.0), each written in the transaction of the change it answers:
-- a request that is sent again, perhaps after a crash between commit and answer, is answered from here and not done twice.
-- In schema account, which people with psql cannot read: an answer may hold personal data.
create table account.repeatable_requests (
  caller       text not null,             -- who sent it; ids of others are none of his business
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

do $$
begin
  if exists (select from pg_roles where rolname = 'hazardmap_service') then
    grant select, insert, update, delete on account.repeatable_requests to hazardmap_service;
  end if;
end $$;
