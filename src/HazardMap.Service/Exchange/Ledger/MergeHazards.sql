-- executed by: LedgerHazardTests
-- A known code updates what the ledger states and only when it differs; a new one is inserted.
update ledger s set outcome =
  case when h.id is null then 'inserted'
       when (h.name, h.kind, h.division_code, h.depth_metres, h.flow, h.bank, h.access, h.has_sign, h.has_ring, h.has_rope, h.has_pole, h.has_camera, h.owner_unit, h.status)
            is distinct from
            (coalesce(l.name, h.name), coalesce(l.kind, h.kind), coalesce(l.division_code, h.division_code), coalesce(l.depth_metres, h.depth_metres),
             coalesce(l.flow, h.flow), coalesce(l.bank, h.bank), coalesce(l.access, h.access), coalesce(l.has_sign, h.has_sign), coalesce(l.has_ring, h.has_ring),
             coalesce(l.has_rope, h.has_rope), coalesce(l.has_pole, h.has_pole), coalesce(l.has_camera, h.has_camera), coalesce(l.owner_unit, h.owner_unit),
             coalesce(l.status, h.status)) then 'updated'
       when l.shape is not null and not (l.from_columns and geometrytype(h.shape) <> 'POINT') and not register.is_same_shape(h.shape::geometry, l.shape, current_setting('hazardmap.same_metres')::float8) then 'moved'
       else 'unchanged' end
from ledger l left join register.hazards h on h.code = l.code
where l.number = s.number;

insert into register.hazards (code, name, kind, shape, division_code, depth_metres, flow, bank, access, has_sign, has_ring, has_rope, has_pole, has_camera,
                              owner_unit, status, is_synthetic, source)
select code, name, kind, shape::geography, division_code, depth_metres, flow, bank, access, coalesce(has_sign, false), coalesce(has_ring, false), coalesce(has_rope, false),
       coalesce(has_pole, false), coalesce(has_camera, false), owner_unit, coalesce(status, 'Active'), coalesce(is_synthetic, false), current_setting('hazardmap.source')
from ledger where outcome = 'inserted' order by number;

update register.hazards h
set name = coalesce(l.name, h.name), kind = coalesce(l.kind, h.kind), division_code = coalesce(l.division_code, h.division_code),
    depth_metres = coalesce(l.depth_metres, h.depth_metres), flow = coalesce(l.flow, h.flow), bank = coalesce(l.bank, h.bank), access = coalesce(l.access, h.access),
    has_sign = coalesce(l.has_sign, h.has_sign), has_ring = coalesce(l.has_ring, h.has_ring), has_rope = coalesce(l.has_rope, h.has_rope),
    has_pole = coalesce(l.has_pole, h.has_pole), has_camera = coalesce(l.has_camera, h.has_camera), owner_unit = coalesce(l.owner_unit, h.owner_unit),
    status = coalesce(l.status, h.status),
    shape = case when l.shape is null or (l.from_columns and geometrytype(h.shape) <> 'POINT')
                      or register.is_same_shape(h.shape::geometry, l.shape, current_setting('hazardmap.same_metres')::float8) then h.shape
                 else l.shape::geography end
from ledger l where l.code = h.code and l.outcome in ('updated', 'moved');
