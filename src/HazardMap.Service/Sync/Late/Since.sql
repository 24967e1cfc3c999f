-- What others changed of an entity ($1: the set, $2: its key) since a version ($3), oldest first. What the same device ($5) of the same
-- account ($4) sent itself is not another's: its later edits were made on top of it. $6: columns of shapes, told as GeoJSON.
select f.key,
       case when f.key = any ($6::text[]) and jsonb_typeof(f.value -> 0) = 'string'
            then st_asgeojson((f.value ->> 0)::geometry, 15) else (f.value -> 0)::text end,
       f.value ->> 1, h.changed_by, h.changed_at, h.version
from register.history h cross join lateral jsonb_each(h.fields) f
where h.entity = $1 and h.entity_id = $2 and h.operation = 'update' and h.version > $3
  -- one that was deleted and made anew begins to count again
  and h.id > coalesce((select max(i.id) from register.history i
                       where i.entity = $1 and i.entity_id = $2 and i.operation = 'insert'), 0)
  and not exists (
    select from account.receipts r
    where $5 <> '' and r.xid = h.xid and r.caller = $4 and r.device = $5
      and r.received_at between h.changed_at - interval '1 hour' and h.changed_at + interval '1 hour')
order by h.id
