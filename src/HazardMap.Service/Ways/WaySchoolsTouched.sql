-- The open schools and kindergartens within metres ($3) of one of the places ($1 longitudes, $2 latitudes), each place with its own.
select distinct f.id
from unnest($1::double precision[], $2::double precision[], $3::double precision[]) p (longitude, latitude, metres)
join register.facilities f on st_dwithin(f.location, st_setsrid(st_point(p.longitude, p.latitude), 4326)::geography, p.metres)
where register.is_school(f.kind) and f.status = 'Open'
