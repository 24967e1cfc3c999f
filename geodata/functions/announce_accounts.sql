-- Who remembers what an account may do forgets it at once: services listen.
create function register.announce_accounts() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  perform pg_notify('hazardmap_accounts', '');
  return null;
end $$;
