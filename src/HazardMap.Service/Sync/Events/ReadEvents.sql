-- Events after a place ($1: number of the transaction, $2: number within it), at most $3 and those of one transaction more, in order. A
-- transaction with more than $4 rows is told as one event an entity, with the beginnings of the codes of divisions that it touched.
with
state as (select era, history_id, outbox_id from register.event_state),
places as (
  select o.seq, o.xid, o.events
  from (select seq, xid, events, sum(least(events, $4)) over (order by seq) - least(events, $4) as before
        from register.event_order where seq >= $1 and (seq > $1 or $2 < least(events, $4)) order by seq limit $3 + 1) o
  where o.before <= $3),
-- Rows of history come before those of the outbox; both by their numbers.
rows as (
  select p.seq, p.events, n.*
  from places p cross join state s cross join lateral (
    select 0 as kind, h.id, h.entity, h.entity_id, h.operation, h.version, h.division_code,
           register.former_division(h) as former_division, h.changed_by as actor, h.changed_at as at,
           case when h.operation = 'update' then array(select jsonb_object_keys(h.fields)) end as fields
    from register.history h where h.xid = p.xid and h.id > s.history_id
    union all
    -- that a water's level moved: its score stands beside it, in no version of its own
    select 1, o.id, 'Hazards', o.subject, 'update', null, o.payload ->> 'divisionCode', o.payload ->> 'divisionCode',
           null, o.created_at, array['risk_level', 'risk_score']
    from register.outbox o where o.xid = p.xid and o.id > s.outbox_id and o.topic = 'RiskLevelChanged') n)
select r.seq, r.nth, r.entity, r.entity_id, r.operation, r.version, r.division_code, r.former_division, r.actor, r.at, r.fields,
       null::text[] as divisions, null::bigint as many
from (select rows.*, row_number() over (partition by seq order by kind, id) as nth from rows where events <= $4) r
where (r.seq, r.nth) > ($1, $2)
union all
select m.seq, m.nth, m.entity, null, 'many', null, null, null, m.actor, m.at, null, m.divisions, m.many
from (select seq, entity, row_number() over (partition by seq order by entity) as nth, min(actor) as actor, max(at) as at, count(*) as many,
             array_agg(distinct left(division_code, 9)) as divisions
      from rows where events > $4 group by seq, entity) m
where (m.seq, m.nth) > ($1, $2)
order by 1, 2
