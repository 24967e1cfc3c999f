-- How often the roads changed. Whoever holds the network in memory asks before relying on it: one row, one number, moved
-- in the changing transaction, so that network and number read in one snapshot belong together.
create table register.road_revision (
  is_only  boolean primary key default true check (is_only),
  revision bigint not null default 0
);
insert into register.road_revision default values;

create function register.count_road_change() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    update road_revision set revision = revision + 1;
  elsif exists (select from changed) then
    update road_revision set revision = revision + 1;
  end if;
  return null;
end $$;
create trigger count_insert after insert on register.road_edges referencing new table as changed
  for each statement execute function register.count_road_change();
create trigger count_update after update on register.road_edges referencing new table as changed
  for each statement execute function register.count_road_change();
create trigger count_delete after delete on register.road_edges referencing old table as changed
  for each statement execute function register.count_road_change();
create trigger count_truncate after truncate on register.road_edges
  for each statement execute function register.count_road_change();
