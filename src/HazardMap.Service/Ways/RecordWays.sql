-- One row a computation of the ways to school.
insert into register.way_runs (road_revision, farthest_metres, within_metres, schools, origins, ways, unserved, waters, seconds)
select revision, $1, $2, $3, $4, $5, $6, $7, $8 from register.road_revision
