-- Schools and children's homes as they were and as they are. What is the same on both sides did not move.
create function register.queue_ways_between(was register.facilities[], is_now register.facilities[]) returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  insert into way_queue (concerns, subject, place)
  select case count(*) when 1 then 'School' else 'Pupils' end, id, case count(*) when 1 then min(place)::geography end
  from (select id, kind, location::text as place from unnest(was || is_now) where is_school(kind) and status = 'Open') side
  group by id, kind, place;
  perform queue_way_origins(array_agg(division_code), array_agg(place::geography))
  from (select division_code, location::text as place
        from unnest(was || is_now) where kind = 'ChildrensHome' and status = 'Open'
        group by id, name, division_code, location::text having count(*) = 1) changed
  having count(*) > 0;
end $$;

create function register.queue_ways_of_facilities() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  was register.facilities[];
  is_now register.facilities[];
begin
  if tg_op = 'INSERT' then
    is_now := array(select i::register.facilities from inserted i where is_school(kind) or kind = 'ChildrensHome' limit 1001);
  elsif tg_op = 'DELETE' then
    was := array(select d::register.facilities from deleted d where is_school(kind) or kind = 'ChildrensHome' limit 1001);
  else
    select array_agg(o), array_agg(n) into was, is_now
    from (select o::register.facilities as o, n::register.facilities as n
          from updated_to n join updated_from o using (id)
          where n.version <> o.version
            and (is_school(n.kind) or is_school(o.kind) or 'ChildrensHome' in (n.kind, o.kind))
            and (n.kind, n.status, n.division_code, n.under5 + n.aged_5_to_14, st_asbinary(n.location),
                 case when n.kind = 'ChildrensHome' then n.name end)
                is distinct from
                (o.kind, o.status, o.division_code, o.under5 + o.aged_5_to_14, st_asbinary(o.location),
                 case when n.kind = 'ChildrensHome' then o.name end)
          limit 1001) changed;
  end if;
  if greatest(cardinality(was), cardinality(is_now)) > 1000 then
    perform queue_all_ways('Everything');
  elsif greatest(cardinality(was), cardinality(is_now)) > 0 then
    perform queue_ways_between(coalesce(was, '{}'), coalesce(is_now, '{}'));
  end if;
  return null;
end $$;
