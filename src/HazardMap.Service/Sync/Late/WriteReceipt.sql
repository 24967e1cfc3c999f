-- $7: the address of an entity that was created; $9: its ETag.
insert into account.receipts (
  caller, request, device, method, entity, entity_id, status, version, conflicts, device_order, unsent, made_at)
values ($1, $2, $3, $4, $5, coalesce($6, substring($7 from '\(''?([^()'']+)''?\)$')), $8,
        substring($9 from '^(?:W/)?"([0-9]{1,9})')::integer, nullif($10, ''), $11, $12, $13)
-- A request may be sent again under its id when its answer is no longer kept; the last one tells what became of it.
on conflict (caller, request, device) do update set
  method = excluded.method, entity = excluded.entity, entity_id = excluded.entity_id, status = excluded.status, version = excluded.version,
  conflicts = excluded.conflicts, device_order = excluded.device_order, unsent = excluded.unsent, made_at = excluded.made_at,
  received_at = excluded.received_at, xid = excluded.xid
returning received_at
