-- Once more the roads are others; a statement that touched none leaves the number.
create function register.raise_road_revision() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    update road_revision set revision = revision + 1;
  elsif exists (select from changed) then
    update road_revision set revision = revision + 1;
  end if;
  return null;
end $$;
