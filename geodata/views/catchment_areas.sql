create view odata.catchment_areas as
select id, run_id, facility_id, code, name, band, distance, area, square_metres, error_metres, demand from register.catchment_areas;
