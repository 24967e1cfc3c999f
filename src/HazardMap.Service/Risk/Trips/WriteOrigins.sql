-- given: create temp table origined on commit drop as select * from register.risk_origins with no data
-- Moves the places that children set out from into the register, touching only rows that change. $1: these are some of them, with what is
-- pulled there; else they are all, what is pulled there stays as it is stored, and a new place has nothing.
with gone as (
  delete from register.risk_origins o where not $1 and not exists (select from origined n where (n.kind, n.key) = (o.kind, o.key)))
insert into register.risk_origins as o (kind, key, longitude, latitude, spread_metres, is_town, children, pulls)
select kind, key, longitude, latitude, spread_metres, is_town, children, coalesce(pulls, '{0,0,0,0}') from origined
on conflict (kind, key) do update
set longitude = excluded.longitude, latitude = excluded.latitude, spread_metres = excluded.spread_metres, is_town = excluded.is_town,
    children = excluded.children, pulls = case when $1 then excluded.pulls else o.pulls end
where (o.longitude, o.latitude, o.spread_metres, o.is_town, o.children)
      is distinct from (excluded.longitude, excluded.latitude, excluded.spread_metres, excluded.is_town, excluded.children)
   or $1 and o.pulls <> excluded.pulls
