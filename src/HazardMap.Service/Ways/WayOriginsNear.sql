-- Where children set out from within metres ($2) of one of the open schools ($1): a superset of their origins. Fenced, so that
-- each school asks the indexes below the view.
select distinct o.origin_kind, o.origin, o.origin_name, o.location::geometry, o.weight
from register.facilities t
cross join lateral (select * from register.way_origins w where st_dwithin(w.location, t.location, $2) offset 0) o
where t.id = any ($1) and t.status = 'Open' and register.is_school(t.kind)
order by 1, 2
