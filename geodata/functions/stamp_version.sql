-- version, created_at and updated_at belong to the server: version and updated_at move exactly when something else did.
create function register.stamp_version() returns trigger
language plpgsql as $$
begin
  new.version := old.version;
  new.created_at := old.created_at;
  new.updated_at := old.updated_at;
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end $$;
