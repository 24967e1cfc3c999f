-- The tiles of a layer that are asked for: $1 layer, $2 zoom, $3 how many. The same in every run: nothing but codes is drawn lots by.
with
-- The layer's places on the square world, and each one's lot.
places as (
  select md5(code) as lot, st_transform(location::geometry, 3857) as place from register.hazards where $1 = 'hazards'
  union all
  select md5(code), st_transform(location::geometry, 3857) from register.facilities where $1 = 'facilities'
  union all
  select md5(code), st_transform(centre::geometry, 3857) from register.divisions where $1 = 'divisions' and code <> '0000'),
-- The tiles that hold a place: the more in it, the likelier it is drawn, as a map is looked at where there is something.
holding as (
  select floor((20037508.342789244 + st_x(place)) / 40075016.685578488 * 2 ^ $2::integer)::integer as x,
         floor((20037508.342789244 - st_y(place)) / 40075016.685578488 * 2 ^ $2::integer)::integer as y, min(lot) as lot
  from places group by 1, 2),
-- The tiles around them without any: a map asks for these too. They only fill up.
around as (
  select distinct x + east as x, y + south as y
  from holding, generate_series(-2, 2) east, generate_series(-2, 2) south
  except
  select x, y from holding)
select x, y, holds
from (select x, y, true as holds, lot from holding
      union all
      select x, y, false, md5(x || '/' || y) from around) tiles
order by holds desc, lot
limit $3
