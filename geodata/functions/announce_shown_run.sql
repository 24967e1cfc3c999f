-- The map shows another coverage run.
create function register.announce_shown_run() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  insert into map_changes (layer) values ('catchments');
  perform notify_many('CatchmentAreas');
  return null;
end $$;
