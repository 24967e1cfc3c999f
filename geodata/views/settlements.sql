-- Every column is a property of the set: the description in Register/Sets is held equal by a test.
create view odata.settlements as select * from register.settlements;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.settlement_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code
from register.history h where entity = 'Settlements';
