create view odata.coverage_runs as
select id, name, kind, mode, unit, bands, weights, beta, demand, demand_kinds, include_planned, draw_areas, baseline_id,
       state, progress, requested_at, requested_by, started_at, finished_at, error, distance, notes, inputs_hash, results_hash,
       road_revision, demand_points, demand_total, covered, covered / nullif(demand_total, 0)::float8 as share, supplies, capacity,
       supplies_without_capacity, demand_off_network, supplies_off_network, demand_on_islands, read_seconds, measure_seconds,
       draw_seconds, shown_at
from register.coverage_runs;
