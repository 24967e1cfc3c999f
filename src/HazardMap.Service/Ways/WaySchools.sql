-- The open schools or kindergartens ($1), with the children who are there.
select id, location, (under5 + aged_5_to_14)::double precision, division_code
from register.facilities where kind = $1 and status = 'Open' order by id
