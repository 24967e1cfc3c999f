-- Where children set out from, everywhere.
select origin_kind, origin, origin_name, location, weight from register.way_origins order by 1, 2
