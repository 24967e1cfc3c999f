-- The same table for peers that know no geography: longitude and latitude as numbers with an index over both, shapes as GeoJSON.
create view public.register_hazards as
select h.id, h.code, h.name, h.kind, st_x(h.location::geometry) as longitude, st_y(h.location::geometry) as latitude,
       st_asgeojson(h.location, 15) as location, st_asgeojson(h.shape, 15) as shape, h.division_code, h.depth_metres, h.flow,
       h.bank, h.access,
       h.has_sign, h.has_ring, h.has_rope, h.has_pole, h.has_camera, h.owner_unit, h.status,
       h.own_grade, h.own_grade_on, h.own_grade_by, r.score as risk_score, r.level as risk_level, r.rule as risk_rule,
       r.visits, r.deadliness, r.deadliness_ratio, r.risk_low, r.risk_high, r.level_held,
       register.other_level(r.level, r.score, r.risk_low, r.risk_high, r.level_held, (select register.level_bounds())) as other_level,
       h.last_inspected_at,
       case when register.is_in_force(h.status) then register.visit_due(coalesce(h.last_inspected_at, h.created_at), y.time_zone, y.days,
         y.months, y.season_from, y.season_to, y.noon_from, y.noon_to, y.dusk_from, y.dusk_to) end as next_inspection_due_at,
       h.is_synthetic, h.source, h.created_at, h.updated_at, h.version
from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
left join register.visit_rhythm y on y.level = r.level;
create index benchmark_positions on register.hazards (st_x(location::geometry), st_y(location::geometry));
