-- What changed of a water's risk: of its score and level, of its reaches, and the history of levels.

-- Remembers which transaction changed the score, for delta links.
create function register.set_xid_of_score() returns trigger
language plpgsql as $$
begin
  new.xid := pg_current_xact_id();
  return new;
end $$;

-- Announces a score or level that changed, of the edited water or of a neighbour.
-- More than a hundred scores written at once are announced as many without comparing them: the risk run writes only
-- those that changed, and comparing 24,900 pairs again costs as much as scoring them.
create function register.announce_scores() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched bigint := (select count(*) from (select 1 from updated_to limit 101) t);
begin
  if touched <= 100 then
    select count(*) into touched
    from updated_to n join updated_from o using (hazard_id)
    where (n.score, n.level, n.visits, n.deadliness, n.level_held)
      is distinct from (o.score, o.level, o.visits, o.deadliness, o.level_held);
  end if;
  if touched = 0 or not may_announce_singly('Hazards', 'hazards', touched) then return null; end if;
  with changes as materialized (
    select h.id, h.location::geometry as place, h.division_code, h.shape::geometry as shape
    from updated_to n join updated_from o using (hazard_id) join hazards h on h.id = n.hazard_id
    where (n.score, n.level, n.visits, n.deadliness, n.level_held)
      is distinct from (o.score, o.level, o.visits, o.deadliness, o.level_held)),
  logged as (
    insert into map_changes (layer, west, south, east, north)
    select 'hazards', st_xmin(shape), st_ymin(shape), st_xmax(shape), st_ymax(shape) from changes)
  select count(notify_changed('Hazards', id::text, place, division_code)) into touched from changes;
  return null;
end $$;

-- The layer of visits shows waters too: announce_layers('Hazards', '{visits}') is what this does, box by box.
create function register.announce_visits() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  insert into map_changes (layer, west, south, east, north) values ('visits', new.west, new.south, new.east, new.north);
  return null;
end $$;

-- A reach that appears, goes or changes redraws its own box; more than a hundred in a transaction, the layer.
create function register.announce_reaches() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched bigint;
begin
  select count(*) into touched from (select from changed limit 101) t;
  if touched = 0 or not may_announce_singly('Reaches', 'reaches', touched) then return null; end if;
  insert into map_changes (layer, west, south, east, north)
  select 'reaches', st_xmin(s), st_ymin(s), st_xmax(s), st_ymax(s) from (select shape::geometry as s from changed) c;
  perform notify_changed('Reaches', c.hazard_id::text, st_pointonsurface(c.shape::geometry), h.division_code)
  from changed c left join hazards h on h.id = c.hazard_id;
  return null;
end $$;

-- Open maps and other systems hear of every level change; more than a hundred in one transaction are announced as many.
create function register.announce_level_changes() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched constant bigint := (select count(*) from inserted);
begin
  if touched = 0 then return null; end if;
  insert into outbox (topic, subject, payload)
  select 'RiskLevelChanged', hazard_id::text, jsonb_build_object(
    'hazardId', hazard_id, 'divisionCode', division_code, 'from', from_level, 'to', to_level,
    'fromScore', from_score, 'toScore', to_score, 'rule', rule, 'cause', cause, 'changedAt', changed_at)
  from inserted;
  if not may_announce_singly('RiskLevelChanges', 'hazards', touched) then return null; end if;
  perform pg_notify('hazardmap_changes', json_build_object(
    'entity', 'RiskLevelChanges', 'id', a.hazard_id, 'division', a.division_code, 'from', a.from_level, 'to', a.to_level,
    'lon', trim_scale(round(st_x(h.location::geometry)::numeric, 7)),
    'lat', trim_scale(round(st_y(h.location::geometry)::numeric, 7)))::text)
  from inserted a join hazards h on h.id = a.hazard_id;
  return null;
end $$;
