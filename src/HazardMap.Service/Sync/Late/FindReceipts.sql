-- What became of an account's ($1) requests ($2), in the order in which they are asked for.
select coalesce(json_agg(json_build_object(
  'id', a.id, 'received', r.request is not null, 'receivedAt', r.received_at, 'status', r.status, 'method', r.method, 'entity', r.entity,
  'entityId', r.entity_id, 'version', r.version, 'conflicts', coalesce(string_to_array(r.conflicts, ', '), '{}'), 'device', r.device,
  'madeAt', r.made_at) order by a.n), '[]')::text
from unnest($2::text[]) with ordinality a(id, n)
left join lateral (
  select * from account.receipts where caller = $1 and request = a.id order by received_at desc limit 1) r on true
