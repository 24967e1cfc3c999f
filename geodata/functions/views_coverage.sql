-- Coverage runs and what came out of them, as the API reads them.
create view odata.coverage_runs as
select id, name, kind, mode, unit, bands, weights, beta, demand, demand_kinds, include_planned, draw_areas, baseline_id,
       state, progress, requested_at, requested_by, started_at, finished_at, error, distance, notes, inputs_hash, results_hash,
       road_revision, demand_points, demand_total, covered, covered / nullif(demand_total, 0)::float8 as share, supplies, capacity,
       supplies_without_capacity, demand_off_network, supplies_off_network, demand_on_islands, read_seconds, measure_seconds,
       draw_seconds, shown_at
from register.coverage_runs;

create view odata.coverage_results as
select id, run_id, place, code, name, level, division_code, facility_id, location, demand, points, covered, share, is_covered, band,
       nearest_id, nearest_cost, nearest_p50, nearest_p90, nearest_max, choices, supplies, capacity, provider_ratio,
       two_step, stepped, gaussian, three_step, is_off_network
from register.coverage_results;

create view odata.coverage_bands as
select id, run_id, place, code, band, demand, covered, points, share from register.coverage_bands;

create view odata.catchment_areas as
select id, run_id, facility_id, code, name, band, distance, area, square_metres, error_metres, demand from register.catchment_areas;

-- What changed from the run that another one names as its baseline: place by place.
create view odata.coverage_changes as
select r.id, r.run_id, u.baseline_id, r.place, r.code, r.name, r.level, r.division_code, r.demand as demand, b.demand as demand_before,
       r.covered, b.covered as covered_before, r.covered - coalesce(b.covered, 0) as covered_more,
       r.nearest_cost, b.nearest_cost as nearest_cost_before, r.two_step, b.two_step as two_step_before,
       r.stepped, b.stepped as stepped_before, r.gaussian, b.gaussian as gaussian_before, r.three_step, b.three_step as three_step_before
from register.coverage_runs u
join register.coverage_results r on r.run_id = u.id
left join register.coverage_results b on b.run_id = u.baseline_id and b.place = r.place and b.code = r.code
where u.baseline_id is not null;
