-- What change tracking needs: one row a change, in the change's own transaction, with the former value of what confines.
create table coast.harbour_changes (code text not null, xid xid8 not null default pg_current_xact_id());
create table coast.lighthouse_changes (id uuid not null, harbour_code text, xid xid8 not null default pg_current_xact_id());
create table coast.keeper_changes (id uuid not null, lighthouse_id uuid, xid xid8 not null default pg_current_xact_id());
create index on coast.harbour_changes (xid);
create index on coast.lighthouse_changes (xid);
create index on coast.keeper_changes (xid);

create function coast.log_harbour() returns trigger language plpgsql as $$
begin
  insert into coast.harbour_changes (code) values (coalesce(new.code, old.code));
  return null;
end $$;
create trigger log after insert or update or delete on coast.harbours for each row execute function coast.log_harbour();

create function coast.log_lighthouse() returns trigger language plpgsql as $$
begin
  insert into coast.lighthouse_changes (id, harbour_code) values (coalesce(new.id, old.id), old.harbour_code);
  return null;
end $$;
create trigger log after insert or update or delete on coast.lighthouses for each row execute function coast.log_lighthouse();

create function coast.log_keeper() returns trigger language plpgsql as $$
begin
  insert into coast.keeper_changes (id, lighthouse_id) values (coalesce(new.id, old.id), old.lighthouse_id);
  return null;
end $$;
create trigger log after insert or update or delete on coast.keepers for each row execute function coast.log_keeper();

-- Many hands change these at once.
create table coast.markers (
  id     integer primary key,
  name   text not null,
  colour text not null,
  moved  integer not null default 0
);
create table coast.marker_changes (id integer not null, xid xid8 not null default pg_current_xact_id());
create index on coast.marker_changes (xid);
create function coast.log_marker() returns trigger language plpgsql as $$
begin
  insert into coast.marker_changes (id) values (coalesce(new.id, old.id));
  return null;
end $$;
create trigger log after insert or update or delete on coast.markers for each row execute function coast.log_marker();
