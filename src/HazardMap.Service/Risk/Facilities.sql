-- Where children are now, whatever the status of the facility.
select f.id, geography_send(f.location), f.under5, f.aged_5_to_14
from register.facilities f
where f.under5 > 0 or f.aged_5_to_14 > 0
