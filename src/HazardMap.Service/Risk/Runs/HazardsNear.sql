-- The hazards within metres ($3) of one of the places ($1 longitudes, $2 latitudes), for which a facility there may count.
select distinct h.id
from unnest($1::double precision[], $2::double precision[]) p (longitude, latitude)
join register.hazards h on st_dwithin(h.shape, st_setsrid(st_point(p.longitude, p.latitude), 4326)::geography, $3)
