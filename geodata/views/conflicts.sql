-- Every column is a property of the set: the description in Sync/Conflicts.cs is held equal by a test. Where an inspector stood is
-- kept as evidence and shown to nobody.
create view odata.conflicts as
select id, kind, entity, entity_id,
       -- where something lies that he may not reach is not told to who sent it
       case when kind <> 'OutOfReach' or made_by <> register.actor() then division_code end as division_code,
       field, base, mine, theirs, base_version, their_version, their_by, their_at, method, url, (body - 'Position')::text as body,
       code, reason, reason_zh, made_by, made_at, device, request, received_at, state, decided_by, decided_at, decided,
       created_at, updated_at, version
from register.conflicts;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller.
create view odata.conflict_changes as
select h.entity_id::uuid as id, h.xid, register.former_division(h) as division_code, c.made_by, c.their_by
from register.history h left join register.conflicts c on c.id = h.entity_id::uuid
where h.entity = 'Conflicts';
