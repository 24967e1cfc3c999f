-- What ./hazardmap sync status prints.
with
devices as (
  select caller, device, max(received_at) as seen, count(*) as requests,
         (array_agg(unsent order by received_at desc) filter (where unsent is not null))[1] as unsent
  from account.receipts where device <> '' group by caller, device),
hooks as (select * from account.webhooks where stopped_at is null),
state as (select * from register.event_state)
select json_build_object(
  'devices', (select coalesce(json_agg(json_build_object('account', caller, 'device', device, 'lastSeenAt', seen, 'requests', requests,
                                                         'unsent', unsent) order by seen desc), '[]') from devices),
  'openConflicts', (select count(*) from register.conflicts where state = 'Open'),
  'openConflictsByKind', (select coalesce(json_object_agg(kind, n), '{}') from (
                            select kind, count(*) as n from register.conflicts where state = 'Open' group by kind order by kind) k),
  'oldestOpenConflictAt', (select min(received_at) from register.conflicts where state = 'Open'),
  'events', (select json_build_object('era', era, 'last', last_seq, 'keptFrom', (select min(at) from register.event_order)) from state),
  -- the oldest change that a webhook has not been told of
  'oldestUnreadOutboxRowAt', (
    select min(e.at) from hooks h join register.event_order e on e.seq > h.seq cross join state s where h.era = s.era),
  'webhooks', (select coalesce(json_agg(json_build_object('id', id, 'url', url, 'deliveredAt', delivered_at, 'failures', failures,
                                                          'stoppedAt', stopped_at, 'lastError', last_error) order by created_at), '[]')
               from account.webhooks))::text
