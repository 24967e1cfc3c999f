create view odata.hazards as
select h.id, h.code, h.name, h.kind, h.location, h.shape, h.division_code, h.depth_metres, h.flow, h.bank, h.access,
       h.has_sign, h.has_ring, h.has_rope, h.has_pole, h.has_camera, h.owner_unit, h.status,
       r.score as risk_score, r.level as risk_level, r.rule as risk_rule,
       h.last_inspected_at, h.next_inspection_due_at, h.is_synthetic, h.source, h.created_at, h.updated_at, h.version
from register.hazards h join register.hazard_risks r on r.hazard_id = h.id;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.hazard_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code
from register.history h where entity = 'Hazards'
union all
select hazard_id, xid, null from register.hazard_risks where xid is not null;
