-- Gives every transaction that became visible its place among events; returns how many got one. One caller at a time: others return at
-- once. A transaction that changed the same row after another has larger numbers in history, so the largest number of a transaction is
-- an order that no reader of a row can tell from that of the commits.
-- The epoch names the cluster and its timeline: after a restore numbers of transactions mean something else, and an era begins.
create function register.order_events(epoch text) returns bigint
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  state event_state;
  -- Everything before it is over, and seen by each statement after this one.
  horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
  made bigint;
begin
  if not pg_try_advisory_xact_lock(hashtext('hazardmap.events')) then return 0; end if;
  select * into state from event_state;
  if state is null or state.epoch <> order_events.epoch then
    delete from event_order;
    delete from event_state;
    insert into event_state (era, epoch, last_seq, seen, history_id, outbox_id)
    values (coalesce(state.era, 0) + 1, order_events.epoch, 0, horizon,
            coalesce((select max(id) from history), 0), coalesce((select max(id) from outbox), 0));
    return 0;
  end if;
  insert into event_order (seq, xid, events)
  select state.last_seq + row_number() over (order by max(n.id), max(n.outbox_id)), n.xid, count(*)
  from (select h.xid, h.id, null::bigint as outbox_id from history h where h.xid >= state.seen and h.id > state.history_id
        union all
        select o.xid, null, o.id from outbox o where o.xid >= state.seen and o.id > state.outbox_id) n
  where not exists (select from event_order e where e.xid = n.xid)
  group by n.xid;
  get diagnostics made = row_count;
  if made > 0 or horizon::text::numeric - state.seen::text::numeric > 1000 then
    update event_state s set seen = horizon, last_seq = s.last_seq + made;
  end if;
  return made;
end $$;
