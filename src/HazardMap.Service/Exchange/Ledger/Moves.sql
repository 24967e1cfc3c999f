-- executed by: LedgerMoveTests
-- Known rows whose place differs from where the register has them: how many, how far at most, how many share the spot they move to, how
-- many are the known position rounded to fewer decimals; then the farthest. $1: what does not count as a mistake, metres; $2: how many.
with
moved as (
  select l.number, l.code, l.shape, k.location, st_distance(k.location::geography, l.shape::geography) as metres
  from ledger l join ledger_outcomes o using (number) join ledger_known k using (number)
  where o.outcome in ('updated', 'moved') and l.shape is not null
    and not (l.from_columns and not k.is_point)
    and not st_dwithin(k.location::geography, l.shape::geography, current_setting('hazardmap.same_metres')::float8)),
-- two waters never are at exactly the same place
shared as (
  select count(*) as rows from moved where metres > $1 and geometrytype(shape) = 'POINT'
  group by st_x(shape), st_y(shape) having count(*) > 1),
-- 104.26312 became 104.26
cut as (
  select m.number from moved m
  cross join lateral (select st_x(m.shape)::numeric as x, st_y(m.shape)::numeric as y, st_x(m.location)::numeric as known_x,
    st_y(m.location)::numeric as known_y) p
  where m.metres > $1 and geometrytype(m.shape) = 'POINT'
    and greatest(scale(p.x), scale(p.y)) < greatest(scale(p.known_x), scale(p.known_y))
    and round(p.known_x, greatest(scale(p.x), scale(p.y))) = p.x and round(p.known_y, greatest(scale(p.x), scale(p.y))) = p.y),
farthest as (select number, code, metres from moved order by metres desc, number limit $2)
select (select count(*)::int from moved), (select coalesce(max(metres), 0) from moved), (select coalesce(sum(rows), 0)::int from shared),
  (select count(*)::int from cut), (select coalesce(array_agg(number order by metres desc, number), '{}') from farthest),
  (select coalesce(array_agg(code order by metres desc, number), '{}') from farthest),
  (select coalesce(array_agg(metres order by metres desc, number), '{}') from farthest)
