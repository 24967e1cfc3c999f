create view odata.coverage_results as
select id, run_id, place, code, name, level, division_code, facility_id, location, demand, points, covered, share, is_covered, band,
       nearest_id, nearest_cost, nearest_p50, nearest_p90, nearest_max, choices, supplies, capacity, provider_ratio,
       two_step, stepped, gaussian, three_step, is_off_network
from register.coverage_results;
