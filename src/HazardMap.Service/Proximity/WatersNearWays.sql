-- Every water in force that can be within metres ($1) of a way, of one school ($2) or of all (null).
select w.facility_id, w.division_code, w.origin_kind, w.origin, w.children, w.geom, h.id, h.shape
from register.ways w
join register.hazards h on h.status <> 'Closed' and st_dwithin(h.shape, w.geom::geography, $1 * 1.01 + 1)
where $2::uuid is null or w.facility_id = $2
order by w.facility_id, h.id, w.origin_kind, w.origin
