-- Ways to school and the waters beside them follow every change: whoever changes an input leaves a note in his transaction,
-- a worker looks again at what the notes touch. An edit never computes a way and never waits for one.

create table register.way_queue (
  id        bigint generated always as identity primary key,
  xid       xid8 not null default pg_current_xact_id(),
  concerns  text not null check (concerns in (
    'Water',         -- this water lies elsewhere, opened, closed or is gone
    'Pupils',        -- of this school: how many, or whose area it is
    'School',        -- this school stands or stood here
    'Origin',        -- children set out from here, or did, or others do
    'Waters',        -- many waters
    'Everything')),  -- roads, or many of the others
  subject   uuid check ((subject is null) = (concerns not in ('Water', 'Pupils', 'School'))),
  place     geography(Point, 4326) check ((place is null) = (concerns not in ('School', 'Origin'))),
  queued_at timestamptz not null default clock_timestamp()
);
create index way_queue_of_many on register.way_queue (xid) where concerns in ('Waters', 'Everything');

-- When the worker last had nothing left to do, and on which day it looked: divisions begin and end at midnight.
create table register.way_state (
  is_only      boolean primary key default true check (is_only),
  caught_up_at timestamptz,
  as_of        date not null default current_date
);
insert into register.way_state default values;

-- What was stored by an earlier version may be older than its inputs.
insert into register.way_queue (concerns) select 'Everything' where exists (select from register.way_runs);
-- The newest run is the one that ended last, not the one that began last.
alter table register.way_runs alter computed_at set default clock_timestamp();

-- An edit that removes a school or a water must not wait for the worker, nor the worker for it: the note, not a reference,
-- takes the rows away. A water's place is kept beside its measures, so that the map knows what it must draw anew.
alter table register.ways drop constraint ways_facility_id_fkey;
alter table register.way_waters drop constraint way_waters_facility_id_fkey, drop constraint way_waters_hazard_id_fkey,
  add geom geometry(Point, 4326);
update register.way_waters w set geom = h.location::geometry from register.hazards h where h.id = w.hazard_id;
alter table register.way_waters alter geom set not null;
create index way_waters_geom on register.way_waters using gist (geom);

-- One note for the many, once a transaction.
create function register.queue_all_ways(what text) returns void
language sql security definer set search_path = register, public, pg_temp as $$
  insert into way_queue (concerns)
  select what where not exists (select from way_queue where xid = pg_current_xact_id() and concerns = what and concerns in ('Waters', 'Everything'))
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- Waters.
create function register.queue_way_waters() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched uuid[];
begin
  if tg_op = 'INSERT' then
    touched := array(select id from inserted where status <> 'Closed' limit 1001);
  elsif tg_op = 'DELETE' then
    touched := array(select id from deleted where status <> 'Closed' limit 1001);
  else
    touched := array(
      select n.id from updated_to n join updated_from o using (id)
      where n.version <> o.version and ((n.status = 'Closed') <> (o.status = 'Closed') or st_asbinary(n.shape) <> st_asbinary(o.shape))
      limit 1001);
  end if;
  if cardinality(touched) > 1000 then
    perform register.queue_all_ways('Waters');
  elsif cardinality(touched) > 0 then
    insert into way_queue (concerns, subject) select 'Water', t from unnest(touched) t;
  end if;
  return null;
end $$;
create trigger queue_ways_insert after insert on register.hazards referencing new table as inserted
  for each statement execute function register.queue_way_waters();
create trigger queue_ways_update after update on register.hazards referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_way_waters();
create trigger queue_ways_delete after delete on register.hazards referencing old table as deleted
  for each statement execute function register.queue_way_waters();

-- ---------------------------------------------------------------------------------------------------------------
-- Where children set out from: the centre of a division, or the children's homes in it. Which of them, and how much each
-- counts, hangs on the others, so all are noted.
create function register.queue_way_origins(divisions text[], places geography[]) returns void
language sql security definer set search_path = register, public, pg_temp as $$
  insert into way_queue (concerns, place)
  select 'Origin', p::geography
  from (select centre::geometry as p from divisions d where d.code = any (divisions)
        union
        select location::geometry from facilities f where f.kind = 'ChildrensHome' and f.status = 'Open' and f.division_code = any (divisions)
        union
        select q::geometry from unnest(places) q) u
$$;

-- Schools and children's homes as they were and as they are. What is the same on both sides did not move.
create function register.queue_way_facilities(was register.facilities[], is_now register.facilities[]) returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  insert into way_queue (concerns, subject, place)
  select case count(*) when 1 then 'School' else 'Pupils' end, id, case count(*) when 1 then min(place)::geography end
  from (select id, kind, location::text as place from unnest(was || is_now) where kind in ('School', 'Kindergarten') and status = 'Open') side
  group by id, kind, place;
  perform register.queue_way_origins(array_agg(division_code), array_agg(place::geography))
  from (select division_code, location::text as place
        from unnest(was || is_now) where kind = 'ChildrensHome' and status = 'Open'
        group by id, name, division_code, location::text having count(*) = 1) changed
  having count(*) > 0;
end $$;

create function register.queue_way_facilities() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  concerned constant text[] := '{School,Kindergarten,ChildrensHome}';
  was register.facilities[];
  is_now register.facilities[];
begin
  if tg_op = 'INSERT' then
    is_now := array(select i::register.facilities from inserted i where kind = any (concerned) limit 1001);
  elsif tg_op = 'DELETE' then
    was := array(select d::register.facilities from deleted d where kind = any (concerned) limit 1001);
  else
    select array_agg(o), array_agg(n) into was, is_now
    from (select o::register.facilities as o, n::register.facilities as n
          from updated_to n join updated_from o using (id)
          where n.version <> o.version and (n.kind = any (concerned) or o.kind = any (concerned))
            and (n.kind, n.status, n.division_code, n.under5 + n.aged_5_to_14, st_asbinary(n.location), case when n.kind = 'ChildrensHome' then n.name end)
                is distinct from
                (o.kind, o.status, o.division_code, o.under5 + o.aged_5_to_14, st_asbinary(o.location), case when n.kind = 'ChildrensHome' then o.name end)
          limit 1001) changed;
  end if;
  if greatest(cardinality(was), cardinality(is_now)) > 1000 then
    perform register.queue_all_ways('Everything');
  elsif greatest(cardinality(was), cardinality(is_now)) > 0 then
    perform register.queue_way_facilities(coalesce(was, '{}'), coalesce(is_now, '{}'));
  end if;
  return null;
end $$;
create trigger queue_ways_insert after insert on register.facilities referencing new table as inserted
  for each statement execute function register.queue_way_facilities();
create trigger queue_ways_update after update on register.facilities referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_way_facilities();
create trigger queue_ways_delete after delete on register.facilities referencing old table as deleted
  for each statement execute function register.queue_way_facilities();

-- A division that begins, ends, moves, is renamed or counts other children; its parent may become or cease to be a lowest one.
create function register.queue_way_divisions() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  sides constant text := case tg_op
    when 'INSERT' then 'select code, parent_code, centre from inserted'
    when 'DELETE' then 'select code, parent_code, centre from deleted'
    else 'select v.* from updated_to n full join updated_from o on o.code = n.code
          cross join lateral (values (o.code, o.parent_code, o.centre), (n.code, n.parent_code, n.centre)) v (code, parent_code, centre)
          where v.code is not null and (n.name, n.parent_code, n.children, n.valid_from, n.valid_to, st_asbinary(n.centre))
                is distinct from (o.name, o.parent_code, o.children, o.valid_from, o.valid_to, st_asbinary(o.centre))' end;
  touched text[];
  places geography[];
begin
  execute format('select array_agg(code) || array_agg(parent_code), array_agg(centre) from (%s limit 2001) s', sides) into touched, places;
  if cardinality(places) > 2000 then
    perform register.queue_all_ways('Everything');
  elsif cardinality(places) > 0 then
    perform register.queue_way_origins(touched, places);
  end if;
  return null;
end $$;
create trigger queue_ways_insert after insert on register.divisions referencing new table as inserted
  for each statement execute function register.queue_way_divisions();
create trigger queue_ways_update after update on register.divisions referencing old table as updated_from new table as updated_to
  for each statement execute function register.queue_way_divisions();
create trigger queue_ways_delete after delete on register.divisions referencing old table as deleted
  for each statement execute function register.queue_way_divisions();

-- Divisions that began or ended since the worker last looked.
create function register.queue_ways_of_the_day() returns void
language sql security definer set search_path = register, public, pg_temp as $$
  with turned as (
    update way_state n set as_of = current_date from way_state o where n.as_of < current_date returning o.as_of as since),
  touched as (
    select array_agg(d.code) || array_agg(d.parent_code) as codes
    from divisions d cross join turned t where d.valid_from > t.since and d.valid_from <= current_date or d.valid_to > t.since and d.valid_to <= current_date)
  select register.queue_way_origins(codes, null) from touched where codes is not null
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- Whatever changes in the roads may change any way; whatever is emptied is many.
create function register.queue_everything_of_ways() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  perform register.queue_all_ways(tg_argv[0]);
  return null;
end $$;
create trigger queue_ways after update on register.road_revision for each row execute function register.queue_everything_of_ways('Everything');
create trigger queue_ways_truncate after truncate on register.hazards for each statement execute function register.queue_everything_of_ways('Waters');
create trigger queue_ways_truncate after truncate on register.facilities for each statement execute function register.queue_everything_of_ways('Everything');
create trigger queue_ways_truncate after truncate on register.divisions for each statement execute function register.queue_everything_of_ways('Everything');

-- ---------------------------------------------------------------------------------------------------------------
-- What changed on the map is drawn anew: boxes of the few, the layer for many.
drop trigger announce_all on register.ways;
drop trigger announce_all on register.way_waters;
drop trigger announce_delete on register.ways;
drop trigger announce_delete on register.way_waters;
drop function register.announce_lost_ways();

create function register.announce_ways() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched constant bigint := (select count(*) from (select from changed limit 101) t);
begin
  if touched = 0 or not register.announce_singly('Ways', 'ways', touched) then return null; end if;
  insert into map_changes (layer, west, south, east, north)
  select distinct 'ways', st_xmin(geom), st_ymin(geom), st_xmax(geom), st_ymax(geom) from changed;
  perform register.notify_changed('Ways', facility_id::text, st_pointonsurface(geom)) from changed;
  return null;
end $$;
create procedure register.announce_ways_of(target regclass)
language plpgsql as $$
begin
  execute format('create trigger announce_insert after insert on %s referencing new table as changed for each statement execute function register.announce_ways()', target);
  execute format('create trigger announce_update_from after update on %s referencing old table as changed for each statement execute function register.announce_ways()', target);
  execute format('create trigger announce_update_to after update on %s referencing new table as changed for each statement execute function register.announce_ways()', target);
  execute format('create trigger announce_delete after delete on %s referencing old table as changed for each statement execute function register.announce_ways()', target);
  execute format('create trigger announce_truncate after truncate on %s for each statement execute function register.announce_all(%L, %L)', target, 'Ways', '{ways}');
end $$;
call register.announce_ways_of('register.ways');
call register.announce_ways_of('register.way_waters');
