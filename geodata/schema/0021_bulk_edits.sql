-- Bulk edits stay cheap: the same triggers, the same rows in history, the same announcements.

-- Each row becomes JSON once. Without the fences (offset 0) the planner writes to_jsonb into every place that reads it,
-- so once a field: 24,900 waters updated at once spent 30 s here, with them 3 s.
create or replace function register.record_update() returns trigger
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

-- More than a hundred scores written at once are announced as many without comparing them: the risk run writes only
-- those that changed, and comparing 24,900 pairs again costs as much as scoring them.
create or replace function register.announce_risks() returns trigger
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

-- The same for the rows of the register: more than a hundred updated at once are many, without comparing them.
create or replace function register.announce_rows() returns trigger
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

