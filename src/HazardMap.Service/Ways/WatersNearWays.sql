-- Every water in force that can be within metres ($1) of a way; of some schools ($2) and some waters ($3), or of all (null).
select w.facility_id, w.division_code, w.origin_kind, w.origin, w.children, w.geom, h.id, h.shape, h.location
from register.ways w
join register.hazards h on register.is_in_force(h.status) and st_dwithin(h.shape, w.geom::geography, $1 * 1.01 + 1)
where ($2::uuid[] is null or w.facility_id = any ($2)) and ($3::uuid[] is null or h.id = any ($3))
order by w.facility_id, h.id, w.origin_kind, w.origin
