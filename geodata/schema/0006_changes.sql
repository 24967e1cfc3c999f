-- What changed on the map: announced to open maps by NOTIFY, and logged so that no tile is served stale.
--
-- NOTIFY alone cannot keep a cache honest: it arrives some time after the edit was acknowledged. So every change also
-- leaves a row here, in the edit's own transaction. Before a cached tile is served, the service asks which rows became
-- visible since its last look (by snapshot, not by sequence: a sequence moves before its transaction commits).

create table register.map_changes (
  id         bigint generated always as identity primary key,
  xid        xid8   not null default pg_current_xact_id(),
  layer      text   not null,             -- the map layer that must be redrawn
  west       double precision,            -- the box that changed, in degrees; null: the whole layer
  south      double precision,
  east       double precision,
  north      double precision,
  check (num_nulls(west, south, east, north) in (0, 4))
);
create index map_changes_by_xid on register.map_changes (xid);

-- Tells open maps of one change. Equal payloads within a transaction are sent once, by PostgreSQL itself.
create function register.notify_changed(entity text, id text, place geometry) returns void
language sql volatile as $$
  select pg_notify('hazardmap_changes', json_build_object(
    'entity', entity, 'id', id, 'lon', trim_scale(round(st_x(place)::numeric, 7)), 'lat', trim_scale(round(st_y(place)::numeric, 7)))::text)
$$;

create function register.notify_many(entity text) returns void
language sql volatile as $$
  select pg_notify('hazardmap_changes', json_build_object('entity', entity, 'many', true)::text)
$$;

-- How many rows of the entity may still be announced one by one in this transaction (the counter rolls back with a
-- savepoint, as the announcements do). Returns false when the many are announced as one instead.
create function register.announce_singly(entity text, layer text, rows bigint) returns boolean
language plpgsql volatile as $$
declare
  counter  constant text := 'hazardmap.announced_' || lower(entity);
  limited  constant integer := 100;
  before   constant bigint := coalesce(nullif(current_setting(counter, true), ''), '0')::bigint;
begin
  perform set_config(counter, (before + rows)::text, true);
  if before + rows <= limited then return true; end if;
  if before <= limited then
    insert into register.map_changes (layer) values (layer);
    perform register.notify_many(entity);
  end if;
  return false;
end $$;

-- Announces the rows of a statement on a table with id, version and location.
-- Arguments: entity, layer, the shape's column, and the columns that the layer shows (another change is announced too,
-- but no tile is dropped for it).
-- More than a hundred updated at once are many, without comparing them.
create function register.announce_rows() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  old_values constant text := (select string_agg(format('o.%I', c), ', ') from unnest(tg_argv[3]::text[]) c);
  new_values constant text := (select string_agg(format('n.%I', c), ', ') from unnest(tg_argv[3]::text[]) c);
  changes constant text := case tg_op
    when 'INSERT' then format('select n.id, n.location::geometry as place, true as redrawn, null::geometry as was, n.%I::geometry as is_now
                               from inserted n', tg_argv[2])
    when 'DELETE' then format('select o.id, o.location::geometry as place, true as redrawn, o.%I::geometry as was, null::geometry as is_now
                               from deleted o', tg_argv[2])
    else format('select n.id, n.location::geometry as place, (%2$s) is distinct from (%3$s) as redrawn,
                        o.%1$I::geometry as was, n.%1$I::geometry as is_now
                 from updated_to n join updated_from o using (id) where n.version <> o.version', tg_argv[2], old_values, new_values) end;
  touched bigint;
begin
  execute format('select count(*) from (select 1 from %s limit 101) t',
                 case tg_op when 'INSERT' then 'inserted' when 'DELETE' then 'deleted' else 'updated_to' end) into touched;
  if touched <= 100 then
    execute format('select count(*) from (%s) c', changes) into touched;
  end if;
  if touched = 0 or not register.announce_singly(tg_argv[0], tg_argv[1], touched) then return null; end if;
  execute format(
    'with changes as materialized (%s),
     logged as (
       insert into register.map_changes (layer, west, south, east, north)
       select distinct $1, st_xmin(b), st_ymin(b), st_xmax(b), st_ymax(b)
       from changes c cross join lateral (values (c.was), (c.is_now)) v(b) where c.redrawn and b is not null)
     select count(register.notify_changed($2, id::text, place)) from changes', changes)
  using tg_argv[1], tg_argv[0] into touched;
  return null;
end $$;

create procedure register.announce_changes(target regclass, entity text, layer text, shape_column text, shown text)
language plpgsql as $$
declare
  arguments constant text := format('(%L, %L, %L, %L)', entity, layer, shape_column, shown);
begin
  execute format('create trigger announce_insert after insert on %s referencing new table as inserted
                  for each statement execute function register.announce_rows%s', target, arguments);
  execute format('create trigger announce_update after update on %s referencing old table as updated_from new table as updated_to
                  for each statement execute function register.announce_rows%s', target, arguments);
  execute format('create trigger announce_delete after delete on %s referencing old table as deleted
                  for each statement execute function register.announce_rows%s', target, arguments);
end $$;
call register.announce_changes('register.hazards', 'Hazards', 'hazards', 'shape', '{code,name,kind,status,shape}');
call register.announce_changes('register.facilities', 'Facilities', 'facilities', 'location', '{code,name,kind,location}');

-- A score or level that changed, of the edited water or of a neighbour.
-- More than a hundred scores written at once are announced as many without comparing them: the risk run writes only
-- those that changed, and comparing 24,900 pairs again costs as much as scoring them.
create function register.announce_risks() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched bigint := (select count(*) from (select 1 from updated_to limit 101) t);
begin
  if touched <= 100 then
    select count(*) into touched
    from updated_to n join updated_from o using (hazard_id) where (n.score, n.level) is distinct from (o.score, o.level);
  end if;
  if touched = 0 or not register.announce_singly('Hazards', 'hazards', touched) then return null; end if;
  with changes as materialized (
    select h.id, h.location::geometry as place, h.shape::geometry as shape
    from updated_to n join updated_from o using (hazard_id) join register.hazards h on h.id = n.hazard_id
    where (n.score, n.level) is distinct from (o.score, o.level)),
  logged as (
    insert into register.map_changes (layer, west, south, east, north)
    select 'hazards', st_xmin(shape), st_ymin(shape), st_xmax(shape), st_ymax(shape) from changes)
  select count(register.notify_changed('Hazards', id::text, place)) into touched from changes;
  return null;
end $$;
create trigger announce_update after update on register.hazard_risks
  referencing old table as updated_from new table as updated_to
  for each statement execute function register.announce_risks();

-- Reference data changes seldom and in bulk: its layers are redrawn as a whole. Arguments: entity, layers.
create function register.announce_all() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  stale text;
begin
  foreach stale in array tg_argv[1]::text[] loop
    if coalesce(current_setting('hazardmap.redrawn_' || stale, true), '') = '' then
      insert into register.map_changes (layer) values (stale);
      perform set_config('hazardmap.redrawn_' || stale, 'yes', true);   -- once a transaction; a savepoint takes it back
    end if;
  end loop;
  perform register.notify_many(tg_argv[0]);
  return null;
end $$;

create procedure register.announce_as_a_whole(target regclass, events text, entity text, layers text)
language plpgsql as $$
begin
  execute format('create trigger announce_all after %s on %s for each statement execute function register.announce_all(%L, %L)',
                 events, target, entity, layers);
end $$;
call register.announce_as_a_whole('register.hazards', 'truncate', 'Hazards', '{hazards}');
call register.announce_as_a_whole('register.hazard_risks', 'truncate', 'Hazards', '{hazards}');
call register.announce_as_a_whole('register.facilities', 'truncate', 'Facilities', '{facilities}');
call register.announce_as_a_whole('register.divisions', 'insert or update or delete or truncate', 'Divisions', '{divisions,basemap}');
call register.announce_as_a_whole('register.rivers', 'insert or update or delete or truncate', 'Rivers', '{rivers,basemap}');
call register.announce_as_a_whole('register.road_edges', 'insert or update or delete or truncate', 'Roads', '{roads,basemap}');
call register.announce_as_a_whole('register.places', 'insert or update or delete or truncate', 'Places', '{basemap}');

-- Map boxes are planar; the centres of divisions are drawn as labels.
create index divisions_centre_planar on register.divisions using gist ((centre::geometry));
