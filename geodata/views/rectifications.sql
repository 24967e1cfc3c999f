create view odata.rectifications as
select id, hazard_id, facility_id, division_code, found_at, description, due_on, state, assigned_to_id, done_by_id,
       verified_by_id, is_synthetic, source, created_at, updated_at, version
from register.rectifications;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.rectification_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'hazard_id')::uuid as hazard_id, register.former(h, 'facility_id')::uuid as facility_id
from register.history h where entity = 'Rectifications';
