-- Least privilege. hazardmap_service runs the API; hazardmap_reader is for people with psql. Both exist where the
-- migrating role may create roles, or where an administrator made them (./hazardmap migrate --print-grants); else the connection's own
-- role does everything. What their sessions begin with is set by RegisterRoles.cs, which looks before it alters.
-- Runs last, when every function and view exists.
do $$
begin
  if exists (select from pg_roles where rolname = 'hazardmap_service') then
    revoke all on all tables in schema register, account, odata, tiles, journal from hazardmap_service;   -- what a former text gave
    grant usage on schema register, account, odata, tiles, journal to hazardmap_service;
    grant select on journal.scripts to hazardmap_service;
    grant select, insert, update, delete on all tables in schema register, account to hazardmap_service;
    revoke insert, update, delete, truncate on register.history, register.words from hazardmap_service;
    grant select on all tables in schema odata to hazardmap_service;
    grant execute on all functions in schema register, tiles to hazardmap_service;
  end if;
  if exists (select from pg_roles where rolname = 'hazardmap_reader') then
    revoke all on all tables in schema register, account, odata, tiles, journal from hazardmap_reader;
    grant usage on schema register, odata, tiles, journal to hazardmap_reader;
    grant select on journal.scripts to hazardmap_reader;
    grant select on all tables in schema register, odata to hazardmap_reader;
    -- Personal data: the table, its raw history and pictures stay closed; odata.people and change_log are masked.
    revoke select on register.people, register.history, register.photo_contents from hazardmap_reader;
    grant execute on all functions in schema tiles to hazardmap_reader;
  end if;
end $$;
