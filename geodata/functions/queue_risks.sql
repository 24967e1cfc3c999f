-- Queues waters, places whose children count for waters near them, and where waters lay, to be scored again. More than a thousand in one
-- statement are everything: a full run is quicker then. Everything is queued once in a transaction.
create function register.queue_risks(hazards uuid[], places geography[], formers geography[] default null) returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if coalesce(cardinality(hazards), 0) + coalesce(cardinality(places), 0) + coalesce(cardinality(formers), 0) > 1000 then
    perform queue_all_risks();
  else
    insert into risk_queue (hazard_id) select distinct h from unnest(hazards) h;
    insert into risk_queue (place) select p::geography from (select distinct p::geometry as p from unnest(places) p) d;
    insert into risk_queue (former) select f from unnest(formers) f;
  end if;
end $$;

create function register.queue_all_risks() returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if not exists (select from risk_queue where xid = pg_current_xact_id()
                 and num_nonnulls(hazard_id, place, former) = 0 and not about_roads and not about_homes) then
    insert into risk_queue default values;
  end if;
end $$;

-- Where children are or were: a facility that moves also touches the waters it leaves. A children's home stands for the homes of a
-- division without settlements, though nobody has counted who is in it.
create function register.queue_risks_near_children() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched geography[];
begin
  if tg_op = 'INSERT' then
    touched := array(select location from inserted where under5 > 0 or aged_5_to_14 > 0 or kind = 'ChildrensHome' limit 1001);
  elsif tg_op = 'DELETE' then
    touched := array(select location from deleted where under5 > 0 or aged_5_to_14 > 0 or kind = 'ChildrensHome' limit 1001);
  else
    touched := array(
      select place from updated_to n join updated_from o using (id)
      cross join lateral (values (o.location, o.under5 + o.aged_5_to_14, o.kind), (n.location, n.under5 + n.aged_5_to_14, n.kind))
        v (place, children, of_kind)
      where n.version <> o.version and (children > 0 or of_kind = 'ChildrensHome')
        and (n.under5, n.aged_5_to_14, st_asbinary(n.location), n.kind, n.status, n.stages, n.boarders, n.division_code)
            is distinct from
            (o.under5, o.aged_5_to_14, st_asbinary(o.location), o.kind, o.status, o.stages, o.boarders, o.division_code)
      limit 1001);
  end if;
  perform queue_risks(null, touched);
  return null;
end $$;

-- Homes enter only a rule of trips. A change of one settlement moves the shares of all in its division, so which it was is not kept.
-- Queued once in a transaction.
create function register.queue_risks_of_homes() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if not exists (select from risk_queue where xid = pg_current_xact_id() and num_nonnulls(hazard_id, place, former) = 0
                 and not about_roads) then
    insert into risk_queue (about_homes) values (true);
  end if;
  return null;
end $$;

-- The same of divisions, when something changed that says where children live, or how long drownings have been recorded.
create function register.queue_risks_of_divisions() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if exists (select from updated_to n join updated_from o using (code)
             where n.incidents_complete_since is distinct from o.incidents_complete_since) then
    perform queue_all_risks();
  elsif exists (
      select from updated_to n join updated_from o using (code)
      where (n.name, n.parent_code, n.children, n.population, n.aged_1_to_4, n.aged_5_to_14, n.residence, n.valid_from, n.valid_to,
             st_asbinary(n.centre), st_asbinary(n.boundary))
            is distinct from
            (o.name, o.parent_code, o.children, o.population, o.aged_1_to_4, o.aged_5_to_14, o.residence, o.valid_from, o.valid_to,
             st_asbinary(o.centre), st_asbinary(o.boundary)))
    and not exists (select from risk_queue where xid = pg_current_xact_id() and num_nonnulls(hazard_id, place, former) = 0
                    and not about_roads) then
    insert into risk_queue (about_homes) values (true);
  end if;
  return null;
end $$;

-- Roads enter only a rule that measures on foot, but whatever changes in them may change any way. Queued once in a transaction.
create function register.queue_risks_on_foot() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if not exists (select from risk_queue where xid = pg_current_xact_id() and num_nonnulls(hazard_id, place, former) = 0
                 and not about_homes) then
    insert into risk_queue (about_roads) values (true);
  end if;
  return null;
end $$;
