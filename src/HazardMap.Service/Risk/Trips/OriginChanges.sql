-- given: create temp table origined on commit drop as select * from register.risk_origins with no data
-- Where the places that children set out from ($1: with what is pulled there) are not those that are stored: where each was and is, and
-- whether what is pulled there must be found anew.
select kind, key, o.longitude, o.latitude, n.longitude, n.latitude,
       n.key is not null and (o.key is null
         or (n.longitude, n.latitude, n.spread_metres) is distinct from (o.longitude, o.latitude, o.spread_metres))
from origined n full join register.risk_origins o using (kind, key)
where n.key is null or o.key is null
   or (n.longitude, n.latitude, n.spread_metres, n.is_town, n.children)
      is distinct from (o.longitude, o.latitude, o.spread_metres, o.is_town, o.children)
