-- The changes that delta links tell: one view for each entity set, over the history. A row is one change: the entity's key,
-- the transaction, and the former values of what confines a caller or ties the entity to another (null: there was none).
-- Runs after views.sql, which makes the schema.

-- The value before the change, null when the change did not touch it.
create or replace function register.former(h register.history, field text) returns text
language sql immutable parallel safe as $$
  select case h.operation
    when 'delete' then h.fields ->> field
    when 'update' then h.fields -> field ->> 0 end
$$;

-- The division before the change, whether the change touched it or not.
create or replace function register.former_division(h register.history) returns text
language sql immutable parallel safe as $$
  select coalesce(register.former(h, 'division_code'), case h.operation when 'update' then h.division_code end)
$$;

create view odata.division_changes as
select entity_id as code, xid, register.former(h, 'parent_code') as parent_code from register.history h where entity = 'Divisions';

create view odata.hazard_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code
from register.history h where entity = 'Hazards'
union all
select hazard_id, xid, null from register.hazard_risks where xid is not null;

create view odata.facility_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code
from register.history h where entity = 'Facilities';

create view odata.person_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code
from register.history h where entity = 'People';

create view odata.responsibility_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'person_id')::uuid as person_id, register.former(h, 'hazard_id')::uuid as hazard_id,
       register.former(h, 'facility_id')::uuid as facility_id
from register.history h where entity = 'Responsibilities';

create view odata.inspection_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'hazard_id')::uuid as hazard_id
from register.history h where entity = 'Inspections';

create view odata.photo_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'inspection_id')::uuid as inspection_id
from register.history h where entity = 'Photos';

create view odata.rectification_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'hazard_id')::uuid as hazard_id, register.former(h, 'facility_id')::uuid as facility_id
from register.history h where entity = 'Rectifications';

create view odata.incident_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'hazard_id')::uuid as hazard_id
from register.history h where entity = 'Incidents';
