create view odata.facilities as
select id, code, name, kind, location, division_code, capacity, under5, aged_5_to_14, aged_60_plus, counts_estimated,
       status, is_synthetic, source, created_at, updated_at, version
from register.facilities;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.facility_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code
from register.history h where entity = 'Facilities';
