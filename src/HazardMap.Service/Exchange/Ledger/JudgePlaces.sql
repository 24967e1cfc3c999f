-- executed by: LedgerRowRefusalTests
-- Rows whose division or position can't be: number, reason, column, and what the message names. $1: how far a point may lie beyond
-- its division's border, which is drawn more roughly than people measure.
select l.number, case when n.codes is null then 'UnknownDivision' else 'DivisionNamedTwice' end, 'DivisionCode',
  coalesce(l.division_code || ' (' || n.codes || ')', l.division_code)
from ledger l
cross join lateral (select string_agg(d.code, ', ' order by d.code) as codes from register.divisions d where d.name = l.division_code) n
where l.division_code is not null and not exists (select from register.divisions d where d.code = l.division_code)
union all
select l.number, 'OutsideDivision', 'Longitude', b.code || ' (' || round(st_distance(d.boundary, p.position)::numeric) || ' m)'
from ledger l join ledger_divisions b using (division_code) join register.divisions d on d.code = b.code
cross join lateral (select st_closestpoint(l.shape, st_centroid(l.shape))::geography as position) p
where l.shape is not null and not st_covers(d.boundary::geometry, p.position::geometry) and not st_dwithin(d.boundary, p.position, $1)
