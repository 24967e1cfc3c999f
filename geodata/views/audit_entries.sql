-- The audit: insert-only, read-only here. previous_hash and hash as people compare them, in hexadecimal.
create view odata.audit_entries as
select id, number, at, actor, action, entity, entity_id, division_code, reason, details::text as details,
       encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash
from account.audit_entries;
