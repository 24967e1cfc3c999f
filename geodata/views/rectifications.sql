-- Every column is a property of the set: its description is held equal by a test. Hung on the list (挂牌督办) is what has climbed or is
-- grave, until it is closed.
create view odata.rectifications as
select r.*, register.next_steps(r.state) as next_steps,
       r.state in ('Found', 'Assigned', 'Reopened') and r.due_on < (select register.field_today()) as is_overdue,
       r.state <> 'Closed' and (r.escalated_to is not null or coalesce(r.severity = 'Grave', false)) as is_hung
from register.rectifications r;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.rectification_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code,
       register.former(h, 'hazard_id')::uuid as hazard_id, register.former(h, 'facility_id')::uuid as facility_id,
       register.former(h, 'inspection_id')::uuid as inspection_id
from register.history h where entity = 'Rectifications';

-- Every column is a property of the set.
create view odata.rectification_steps as
select id, rectification_id, division_code, from_state, to_state, person_id, note, at, changed_by from register.rectification_steps;
