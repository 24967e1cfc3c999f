-- Schemas, history and the rules every register table shares.
--
-- Positions are geography(…, 4326): distances are metres on the WGS84 spheroid everywhere, no zone borders, no
-- accidental degrees. Boxes of the map use a second GiST index on the planar cast (see ARCHITECTURE.md, "Geography").

create schema register;   -- the ledger: tables and the views people read
create schema account;    -- who may log in; nothing here is readable by the read-only role
create schema odata;      -- one view per entity set that the API serves
create schema tiles;      -- one function per map layer

-- UUIDv7: time-ordered keys, so that inserts stay at the right edge of the index.
create function register.uuid_v7() returns uuid
language sql volatile parallel safe as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
              placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
              from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- A shape that may enter the register: two-dimensional, not empty, valid, SRID 4326. (geography itself wraps longitudes
-- beyond 180, therefore ranges are checked before the cast, at every surface.)
create function register.is_sound(shape geography) returns boolean
language sql immutable strict parallel safe as $$
  select not st_isempty(shape::geometry)
     and st_ndims(shape::geometry) = 2
     and st_isvalid(shape::geometry)
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- History: one row for every row that changed, append-only, written by the same statement's transaction.
-- fields: insert {"field": new}, update {"field": [old, new]}, delete {"field": old}.
-- xid lets a reader of changes follow commit order: everything below pg_snapshot_xmin is complete.
create table register.history (
  id            bigint generated always as identity primary key,
  entity        text        not null,
  entity_id     text        not null,
  division_code text,
  operation     text        not null check (operation in ('insert', 'update', 'delete')),
  version       integer     not null,
  fields        jsonb       not null,
  changed_at    timestamptz not null default clock_timestamp(),
  changed_by    text        not null,
  xid           xid8        not null default pg_current_xact_id()
);
create index history_of_entity on register.history (entity, entity_id, id);
create index history_by_xid on register.history (xid, id);
create index history_by_time on register.history using brin (changed_at);

create function register.refuse_rewriting_history() returns trigger
language plpgsql as $$
begin
  raise exception 'history is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete or truncate on register.history
  for each statement execute function register.refuse_rewriting_history();

-- Who acts: the service sets hazardmap.actor for the transaction; anybody else is named by the database role.
create function register.actor() returns text
language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('hazardmap.actor', true), ''), 'database:' || session_user)
$$;

-- Statement triggers with transition tables: one set-based insert, however many rows the statement touched.
-- security definer: the service may cause history, but not write it by hand.
create function register.record_insert() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  insert into register.history (entity, entity_id, division_code, operation, version, fields, changed_by)
  select tg_argv[0], n.j ->> tg_argv[1], n.j ->> tg_argv[2], 'insert', (n.j ->> 'version')::integer,
         jsonb_strip_nulls(n.j) - '{version,created_at,updated_at}'::text[], register.actor()
  from (select to_jsonb(r) as j from inserted r) n;
  return null;
end $$;

-- offset 0 fences: without them the planner writes to_jsonb into every place that reads it, so once a field; 24,900 waters
-- updated at once spent 30 s here, with them 3 s.
create function register.record_update() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  insert into register.history (entity, entity_id, division_code, operation, version, fields, changed_by)
  select tg_argv[0], n.j ->> tg_argv[1], n.j ->> tg_argv[2], 'update', (n.j ->> 'version')::integer, d.fields,
         register.actor()
  from (select to_jsonb(r) as j from updated_to r offset 0) n
  join (select to_jsonb(r) as j from updated_from r offset 0) o on o.j ->> tg_argv[1] = n.j ->> tg_argv[1]
  cross join lateral (
    select jsonb_object_agg(e.key, jsonb_build_array(o.j -> e.key, e.value)) as fields
    from jsonb_each(n.j) e
    where e.key not in ('version', 'updated_at') and o.j -> e.key is distinct from e.value) d
  where d.fields is not null;
  return null;
end $$;

create function register.record_delete() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  insert into register.history (entity, entity_id, division_code, operation, version, fields, changed_by)
  select tg_argv[0], o.j ->> tg_argv[1], o.j ->> tg_argv[2], 'delete', (o.j ->> 'version')::integer,
         jsonb_strip_nulls(o.j) - '{version,updated_at}'::text[], register.actor()
  from (select to_jsonb(r) as j from deleted r) o;
  return null;
end $$;

-- version and updated_at belong to the server: they move exactly when something else did.
create function register.touch() returns trigger
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

-- Gives a register table its version, its time stamps and its history. The table must have version, created_at,
-- updated_at and the named key and division columns.
create procedure register.keep_history(target regclass, entity text, key_column text, division_column text)
language plpgsql as $$
declare
  arguments text := format('(%L, %L, %L)', entity, key_column, division_column);
begin
  execute format('create trigger a_touch before update on %s for each row execute function register.touch()', target);
  execute format('create trigger history_insert after insert on %s referencing new table as inserted
                  for each statement execute function register.record_insert%s', target, arguments);
  execute format('create trigger history_update after update on %s referencing old table as updated_from new table as updated_to
                  for each statement execute function register.record_update%s', target, arguments);
  execute format('create trigger history_delete after delete on %s referencing old table as deleted
                  for each statement execute function register.record_delete%s', target, arguments);
end $$;
