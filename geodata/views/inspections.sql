-- Where the inspector stood is kept as evidence and shown to nobody: showing it is a logged act of its own, not a column.
-- Every column is a property of the set: the description in Register/Sets is held equal by a test.
create view odata.inspections as
select id, hazard_id, division_code, at, inspector_id, result, has_sign, has_ring, has_rope, has_pole, notes,
       children_seen, children_in_water, watched_minutes,
       null::geography(Point, 4326) as position,
       is_synthetic, source, created_at, updated_at, version
from register.inspections;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.inspection_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'hazard_id')::uuid as hazard_id
from register.history h where entity = 'Inspections';
