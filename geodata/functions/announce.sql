-- Announcements: NOTIFY for open maps, and rows of register.map_changes for tiles that are kept.

-- Tells open maps of one change; those of an account that is confined to an area, when the division lies there. Equal payloads within a
-- transaction are sent once, by PostgreSQL itself.
create function register.notify_changed(entity text, id text, place geometry, division text) returns void
language sql volatile as $$
  select pg_notify('hazardmap_changes', json_build_object(
    'entity', entity, 'id', id, 'division', division,
    'lon', trim_scale(round(st_x(place)::numeric, 7)), 'lat', trim_scale(round(st_y(place)::numeric, 7)))::text)
$$;

create function register.notify_many(entity text) returns void
language sql volatile as $$
  select pg_notify('hazardmap_changes', json_build_object('entity', entity, 'many', true)::text)
$$;

-- Whether so many more rows of the entity may be announced one by one in this transaction: a hundred may (the counter rolls
-- back with a savepoint, as the announcements do). When they may not, the many are announced here, once, as one change.
create function register.may_announce_singly(entity text, layer text, rows bigint) returns boolean
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

-- Announces the rows of a statement on a table with id, version, location and division_code. What moves to another division is
-- announced where it was, too: from there it has gone.
-- Arguments: entity, layer, the shape's column, and the columns that the layer shows (another change is announced too,
-- but no tile is dropped for it).
-- More than a hundred updated at once are many, without comparing them.
create function register.announce_rows() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  old_values constant text := (select string_agg(format('o.%I', c), ', ') from unnest(tg_argv[3]::text[]) c);
  new_values constant text := (select string_agg(format('n.%I', c), ', ') from unnest(tg_argv[3]::text[]) c);
  changes constant text := case tg_op
    when 'INSERT' then format(
      'select n.id, n.location::geometry as place, n.division_code as division, null as former, true as redrawn,
              null::geometry as was, n.%I::geometry as is_now
       from inserted n', tg_argv[2])
    when 'DELETE' then format(
      'select o.id, o.location::geometry as place, o.division_code as division, null as former, true as redrawn,
              o.%I::geometry as was, null::geometry as is_now
       from deleted o', tg_argv[2])
    else format(
      'select n.id, n.location::geometry as place, n.division_code as division,
              nullif(o.division_code, n.division_code) as former, (%2$s) is distinct from (%3$s) as redrawn,
              o.%1$I::geometry as was, n.%1$I::geometry as is_now
       from updated_to n join updated_from o using (id) where n.version <> o.version', tg_argv[2], old_values, new_values) end;
  touched bigint;
begin
  execute format('select count(*) from (select 1 from %s limit 101) t',
                 case tg_op when 'INSERT' then 'inserted' when 'DELETE' then 'deleted' else 'updated_to' end) into touched;
  if touched <= 100 then
    execute format('select count(*) from (%s) c', changes) into touched;
  end if;
  if touched = 0 or not register.may_announce_singly(tg_argv[0], tg_argv[1], touched) then return null; end if;
  execute format(
    'with changes as materialized (%s),
     logged as (
       insert into register.map_changes (layer, west, south, east, north)
       select distinct $1, st_xmin(b), st_ymin(b), st_xmax(b), st_ymax(b)
       from changes c cross join lateral (values (c.was), (c.is_now)) v(b) where c.redrawn and b is not null)
     select count(register.notify_changed($2, id::text, place, d))
     from changes cross join lateral (values (division), (former)) v(d) where d is not null', changes)
  using tg_argv[1], tg_argv[0] into touched;
  return null;
end $$;

-- Announces that whole layers must be drawn anew: for data that change seldom and in bulk, and for tables that are emptied.
-- Arguments: entity, layers.
create function register.announce_layers() returns trigger
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
