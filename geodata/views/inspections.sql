-- Where the inspector stood is kept as evidence and shown to nobody: showing it is a logged act of its own, not a column. How far that
-- is from the water is shown.
-- Every column is a property of the set: its description is held equal by a test.
create view odata.inspections as
select i.id, i.hazard_id, i.division_code, i.at, i.device_at, i.received_at, i.clock_skew_seconds, i.inspector_id, i.result,
       i.has_sign, i.has_ring, i.has_rope, i.has_pole, i.has_camera, i.depth_metres, i.access, i.notes,
       i.children_seen, i.children_in_water, i.watched_minutes,
       null::geography(Point, 4326) as position, i.accuracy_metres, i.metres_from_shape, i.flags,
       i.corrects_id, c.id as corrected_by_id,
       i.is_synthetic, i.source, i.created_at, i.updated_at, i.version
from register.inspections i left join register.inspections c on c.corrects_id = i.id;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none). One that is corrected changes too, for it is superseded.
create view odata.inspection_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'hazard_id')::uuid as hazard_id
from register.history h where entity = 'Inspections'
union all
select (fields ->> 'corrects_id')::uuid, xid, null, null
from register.history where entity = 'Inspections' and operation = 'insert' and fields ? 'corrects_id';
