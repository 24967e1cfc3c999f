-- Who may do what, where and when.
create view odata.grants as
select id, account, role, area, valid_from, valid_to, created_at, updated_at, version from account.grants;

-- Its changes, for delta links: the key, the transaction, and the former area (null: there was none).
create view odata.grant_changes as
select entity_id::uuid as id, xid, coalesce(register.former(h, 'area'), case h.operation when 'update' then h.division_code end) as area
from register.history h where entity = 'Grants';
