create view odata.responsibilities as
select id, person_id, hazard_id, facility_id, division_code, role, valid_from, valid_to,
       is_synthetic, source, created_at, updated_at, version
from register.responsibilities;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.responsibility_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'person_id')::uuid as person_id, register.former(h, 'hazard_id')::uuid as hazard_id,
       register.former(h, 'facility_id')::uuid as facility_id
from register.history h where entity = 'Responsibilities';
