-- One row a changed field. That personal data changed is told; what they were is not.
create view register.change_log as
select h.entity, h.entity_id, f.key as field,
       case when personal then '"***"'
            when h.operation = 'update' then f.value -> 0
            when h.operation = 'delete' then f.value end as old_value,
       case when personal then '"***"'
            when h.operation = 'update' then f.value -> 1
            when h.operation = 'insert' then f.value end as new_value,
       h.version, h.changed_at, h.changed_by
from register.history h
cross join lateral jsonb_each(h.fields) f
cross join lateral (
  select (h.entity, f.key) in (('People', 'name'), ('People', 'phone'), ('Inspections', 'position'), ('Conflicts', 'body')) as personal) p;
