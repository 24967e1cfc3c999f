-- Every column is a property of the set: the description in Register/Sets is held equal by a test.
create view odata.divisions as select * from register.divisions;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.division_changes as
select entity_id as code, xid, register.former(h, 'parent_code') as parent_code from register.history h where entity = 'Divisions';
