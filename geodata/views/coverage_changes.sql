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
