-- What belongs to the database itself and not to what is in it: a copy or a restored dump under another name comes without it. So it runs
-- at each migration, and does nothing where it is done.
do $$
declare
  name constant text := current_database();
begin
  if not (select pg_has_role(datdba, 'usage') from pg_database where datname = name) then return; end if;   -- its owner's to do
  if has_database_privilege('public', name, 'temporary, create') then
    execute format('revoke temporary, create on database %I from public', name);
  end if;
  -- Runs collect what they write in temporary tables.
  if exists (select from pg_roles where rolname = 'hazardmap_service')
     and not has_database_privilege('hazardmap_service', name, 'temporary') then
    execute format('grant temporary on database %I to hazardmap_service', name);
  end if;
end $$;
