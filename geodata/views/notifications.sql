-- Every column is a property of the set.
create view odata.notifications as
select id, person_id, division_code, kind, entity_id, at, read_at, created_at, updated_at, version from register.notifications;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.notification_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code, register.former(h, 'person_id')::uuid as person_id
from register.history h where entity = 'Notifications';
