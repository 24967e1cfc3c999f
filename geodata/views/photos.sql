-- Every column is a property of the set: the description in Photos/PhotoSet.cs is held equal by a test.
create view odata.photos as
select id, inspection_id, division_code, media_type, size_bytes, sha256, received_sha256, print, duplicate_of_id,
       taken_at, created_at, created_by, version
from register.photos;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.photo_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'inspection_id')::uuid as inspection_id
from register.history h where entity = 'Photos';
