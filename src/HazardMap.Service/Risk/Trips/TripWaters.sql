-- What a rule of trips asks of every water, with what is stored of its score. A full run reads it whole; an edit wraps it in a filter.
select h.id, geography_send(h.shape) as shape, h.kind, h.depth_metres, h.flow, h.bank, h.access,
       h.has_sign, h.has_ring, h.has_rope, h.has_pole, h.has_camera, h.status, coalesce(i.incidents, 0) as incidents,
       r.score, r.level, r.rule, current_date - h.last_inspected_at::date as days_since, h.division_code, r.visits, r.risk_low,
       r.level_held, r.deadliness_ratio, array_send(r.trips) as trips
from register.hazards h
join register.hazard_risks r on r.hazard_id = h.id
left join register.hazard_incidents i on i.hazard_id = h.id
order by h.id
