-- The open schools or kindergartens ($1) within metres ($4) of one of the places ($2 longitudes, $3 latitudes), as WaySchools.sql gives
-- them.
select distinct f.id, f.location::geometry, (f.under5 + f.aged_5_to_14)::double precision, f.division_code
from unnest($2::double precision[], $3::double precision[]) p (longitude, latitude)
join register.facilities f on st_dwithin(f.location, st_setsrid(st_point(p.longitude, p.latitude), 4326)::geography, $4)
where f.kind = $1 and f.status = 'Open' order by f.id
