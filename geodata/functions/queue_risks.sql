-- Queues waters, and places whose children count for waters near them, to be scored again. More than a thousand in one statement
-- are everything: a full run is quicker then. Everything is queued once in a transaction.
create function register.queue_risks(hazards uuid[], places geography[]) returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if coalesce(cardinality(hazards), 0) + coalesce(cardinality(places), 0) > 1000 then
    if not exists (select from risk_queue where xid = pg_current_xact_id()
                   and num_nonnulls(hazard_id, place) = 0 and not about_roads) then
      insert into risk_queue default values;
    end if;
  else
    insert into risk_queue (hazard_id) select distinct h from unnest(hazards) h;
    insert into risk_queue (place) select p::geography from (select distinct p::geometry as p from unnest(places) p) d;
  end if;
end $$;

-- Where children are or were: a facility that moves also touches the waters it leaves.
create function register.queue_risks_near_children() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched geography[];
begin
  if tg_op = 'INSERT' then
    touched := array(select location from inserted where under5 > 0 or aged_5_to_14 > 0 limit 1001);
  elsif tg_op = 'DELETE' then
    touched := array(select location from deleted where under5 > 0 or aged_5_to_14 > 0 limit 1001);
  else
    touched := array(
      select place from updated_to n join updated_from o using (id)
      cross join lateral (values (o.location, o.under5 + o.aged_5_to_14), (n.location, n.under5 + n.aged_5_to_14)) v (place, children)
      where n.version <> o.version and children > 0
        and (n.under5, n.aged_5_to_14, st_asbinary(n.location)) is distinct from (o.under5, o.aged_5_to_14, st_asbinary(o.location))
      limit 1001);
  end if;
  perform queue_risks(null, touched);
  return null;
end $$;

-- Roads enter only a rule that measures on foot, but whatever changes in them may change any way. Queued once in a transaction.
create function register.queue_risks_on_foot() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if not exists (select from risk_queue where xid = pg_current_xact_id() and num_nonnulls(hazard_id, place) = 0) then
    insert into risk_queue (about_roads) values (true);
  end if;
  return null;
end $$;
