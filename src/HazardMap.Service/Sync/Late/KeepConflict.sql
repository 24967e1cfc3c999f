insert into register.conflicts (
  kind, entity, entity_id, division_code, field, base, mine, theirs, base_version, their_version, their_by, their_at,
  method, url, body, code, reason, reason_zh, made_at, device, request)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::text::jsonb, $16, $17, $18, $19, $20, $21)
returning id
