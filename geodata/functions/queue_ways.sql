-- What the worker of the ways to school must look at again. Rows are queued even when no ways are known yet, so that the first
-- computation races with nobody.

-- One row for the many (Waters or Everything), once a transaction.
create function register.queue_all_ways(what text) returns void
language sql security definer set search_path = register, public, pg_temp as $$
  insert into way_queue (concerns)
  select what
  where not exists (select from way_queue
                    where xid = pg_current_xact_id() and concerns = what and concerns in ('Waters', 'Everything'))
$$;

-- The same as a trigger: whatever changes in the roads may change any way; whatever is emptied is many. Argument: what.
create function register.queue_many_ways() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  perform register.queue_all_ways(tg_argv[0]);
  return null;
end $$;

-- Where children set out from: the settlements of a division, the children's homes in it, or its centre. Which of them, and how
-- much each counts, hangs on the others, so all are queued. More than five thousand are everything: nobody is quicker place by place.
create function register.queue_way_origins(divisions text[], places geography[]) returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched geometry[] := array(
    select p
    from (select centre::geometry as p from divisions d where d.code = any (queue_way_origins.divisions)
          union
          select location::geometry from settlements s where s.division_code = any (queue_way_origins.divisions)
          union
          select location::geometry from facilities f
          where f.kind = 'ChildrensHome' and f.status = 'Open' and f.division_code = any (queue_way_origins.divisions)
          union
          select q::geometry from unnest(places) q) u
    limit 5001);
begin
  if cardinality(touched) > 5000 then
    perform queue_all_ways('Everything');
  else
    insert into way_queue (concerns, place) select 'Origin', t::geography from unnest(touched) t;
  end if;
end $$;

-- Divisions that began or ended since the worker last looked.
create function register.queue_divisions_begun_or_ended() returns void
language sql security definer set search_path = register, public, pg_temp as $$
  with
  -- the day of the last look
  looked as (
    update way_state n set as_of = current_date from way_state o where n.as_of < current_date returning o.as_of as since),
  -- the divisions, and those above them, which may become or cease to be lowest ones
  touched as (
    select array_agg(d.code) || array_agg(d.parent_code) as codes
    from divisions d cross join looked l
    where d.valid_from > l.since and d.valid_from <= current_date or d.valid_to > l.since and d.valid_to <= current_date)
  select register.queue_way_origins(codes, null) from touched where codes is not null
$$;
