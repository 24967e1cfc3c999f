-- The views people and the API read. Re-run whenever this text changes.
drop schema if exists odata cascade;
create schema odata;

-- One row a changed field. That a person's name or phone changed is told; what it was is not.
create or replace view register.change_log as
select h.entity, h.entity_id, f.key as field,
       case when personal then '"***"' when h.operation = 'update' then f.value -> 0 when h.operation = 'delete' then f.value end as old_value,
       case when personal then '"***"' when h.operation = 'update' then f.value -> 1 when h.operation = 'insert' then f.value end as new_value,
       h.version, h.changed_at, h.changed_by
from register.history h
cross join lateral jsonb_each(h.fields) f
cross join lateral (select h.entity = 'People' and f.key in ('name', 'phone') as personal) p;

-- pgRouting's shape: metres for walking, seconds for driving, negative = not in that direction.
create or replace view register.walk_edges as
select id, source, target,
       case when walk_forward then length_metres else -1 end as cost,
       case when walk_backward then length_metres else -1 end as reverse_cost,
       geom
from register.road_edges where walk_forward or walk_backward;

create or replace view register.drive_edges as
select id, source, target,
       case when drive_forward then length_metres / (speed_kmh / 3.6) else -1 end as cost,
       case when drive_backward then length_metres / (speed_kmh / 3.6) else -1 end as reverse_cost,
       geom
from register.road_edges where (drive_forward or drive_backward) and speed_kmh is not null;

create view odata.divisions as
select code, name, level, parent_code, boundary, centre, population, children, elders, valid_from, valid_to,
       is_synthetic, source, created_at, updated_at, version
from register.divisions;

create view odata.hazards as
select h.id, h.code, h.name, h.kind, h.location, h.shape, h.division_code, h.depth_metres, h.flow, h.bank, h.access,
       h.has_sign, h.has_ring, h.has_rope, h.has_pole, h.has_camera, h.owner_unit, h.status,
       r.score as risk_score, r.level as risk_level, r.rule as risk_rule,
       h.last_inspected_at, h.next_inspection_due_at, h.is_synthetic, h.source, h.created_at, h.updated_at, h.version
from register.hazards h join register.hazard_risks r on r.hazard_id = h.id;

create view odata.facilities as
select id, code, name, kind, location, division_code, capacity, under5, aged_5_to_14, aged_60_plus, counts_estimated,
       status, is_synthetic, source, created_at, updated_at, version
from register.facilities;

-- Phones leave the database masked (138****5678); unmasking is a logged act of its own, not a column.
create view odata.people as
select id, name,
       case when phone is null then null
            when length(phone) >= 7 then left(phone, 3) || '****' || right(phone, 4)
            else '****' end as phone,
       unit, post, level, division_code, is_synthetic, source, created_at, updated_at, version
from register.people;

create view odata.responsibilities as
select id, person_id, hazard_id, facility_id, division_code, role, valid_from, valid_to, is_synthetic, source, created_at, updated_at, version
from register.responsibilities;

create view odata.inspections as
select id, hazard_id, division_code, at, inspector_id, result, has_sign, has_ring, has_rope, has_pole, notes, position,
       is_synthetic, source, created_at, updated_at, version
from register.inspections;

create view odata.photos as
select id, inspection_id, division_code, media_type, size_bytes, taken_at, created_at, version
from register.photos;

create view odata.rectifications as
select id, hazard_id, facility_id, division_code, found_at, description, due_on, state, assigned_to_id, done_by_id,
       verified_by_id, is_synthetic, source, created_at, updated_at, version
from register.rectifications;

create view odata.incidents as
select id, hazard_id, division_code, occurred_on, age_band, outcome, is_synthetic, source, created_at, updated_at, version
from register.incidents;
