-- What of every water decides who is drawn to it, in the columns of TripWaters.sql and in any order: nothing is joined or sorted.
select h.id, geography_send(h.shape) as shape, h.kind, h.depth_metres, h.flow, h.bank, h.access,
       h.has_sign, h.has_ring, h.has_rope, h.has_pole, h.has_camera, h.status, 0 as incidents,
       null::double precision as score, null::text as level, null::text as rule, current_date - h.last_inspected_at::date as days_since,
       '' as division_code, null::double precision as visits, null::double precision as risk_low, null::double precision as level_held,
       null::double precision as deadliness_ratio, null::bytea as trips
from register.hazards h
