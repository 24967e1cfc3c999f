-- Phones leave the database masked (138****5678); unmasking is a logged act of its own, not a column.
create view odata.people as
select id, name, register.masked_phone(phone) as phone,
       unit, post, level, division_code, is_synthetic, source, created_at, updated_at, version
from register.people;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.person_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code
from register.history h where entity = 'People';
