create view odata.coverage_bands as
select id, run_id, place, code, band, demand, covered, points, share from register.coverage_bands;
