-- Who changed a water ($1) after a version ($2), for a caller of some areas ($3: patterns of codes; null: of all). Names of columns, no
-- values: those the caller compares himself. The newest 200, for a water that is changed by the hour has thousands.
select coalesce(json_agg(json_build_object(
  'version', c.version, 'at', c.changed_at, 'by', c.changed_by, 'operation', c.operation,
  'fields', (select coalesce(json_agg(f.key), '[]') from jsonb_object_keys(c.fields) f(key))) order by c.id), '[]')::text
from (
  select id, version, changed_at, changed_by, operation, fields
  from register.history
  where entity = 'Hazards' and entity_id = $1::uuid::text and version > $2
    and ($3::text[] is null or division_code like any ($3))
  order by id desc
  limit 200) c
