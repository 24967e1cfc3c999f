-- executed by: LedgerHazardTests
-- What is wrong with rows as part of the register: number, reason, column, and what the message names.
with
-- rows that are new need what the register may not lack
new_rows as (select l.* from ledger l left join ledger_known k using (number) where k.number is null),
lacking as (
  select number, 'Lacks' as reason, column_name, null as detail
  from new_rows n cross join lateral (values
    ('Name', n.name is null), ('Kind', n.kind is null and $1 <> 'Divisions'),
    ('DivisionCode', n.division_code is null and $1 <> 'Divisions'), ('Level', n.level is null and $1 = 'Divisions'),
    ('Longitude', n.shape is null and $1 <> 'Divisions')) v (column_name, is_lacking)
  where is_lacking),
unknown_division as (
  select l.number, 'UnknownDivision', 'DivisionCode', l.division_code from ledger l
  where l.division_code is not null and not exists (select from register.divisions d where d.code = l.division_code)),
unknown_parent as (
  select l.number, 'UnknownDivision', 'ParentCode', l.parent_code from ledger l
  where l.parent_code is not null and not exists (select from register.divisions d where d.code = l.parent_code)
    and not exists (select from ledger p where p.code = l.parent_code)),
foreign_parent as (
  select l.number, 'NotAPrefix', 'ParentCode', l.parent_code from ledger l
  where l.parent_code is not null and (not starts_with(l.code, l.parent_code) or l.code = l.parent_code)),
-- a new division without a position needs one above it that has a centre
nowhere as (
  select n.number, 'Nowhere', 'Longitude', n.code from new_rows n
  where $1 = 'Divisions' and n.shape is null
    and not exists (select from register.divisions d where starts_with(n.code, d.code))
    and not exists (select from ledger p where p.shape is not null and starts_with(n.code, p.code))),
malformed as (select number, 'CodeForm', 'Code', code from ledger where $1 = 'Divisions' and code !~ '^[0-9A-Za-z.]{2,64}$'),
-- the same code twice: the first stands, the others are told
twice as (
  select number, 'CodeTwice', 'Code', code || ' (' || first_value(number) over same || ')'
  from ledger window same as (partition by code order by number)),
-- $2: how far a point may lie beyond its division's border, which is drawn more roughly than people measure
outside as (
  select l.number, 'OutsideDivision', 'Longitude', b.code || ' (' || round(st_distance(d.boundary, p.position)::numeric) || ' m)'
  from ledger l join ledger_boundaries b using (number) join register.divisions d on d.code = b.code
  cross join lateral (select st_closestpoint(l.shape, st_centroid(l.shape))::geography as position) p
  where $1 <> 'Divisions' and not st_covers(d.boundary::geometry, p.position::geometry) and not st_dwithin(d.boundary, p.position, $2)),
-- the location of a line or an area follows its shape
follows as (
  select l.number, 'FollowsShape', 'Longitude', l.code from ledger l join ledger_known k using (number)
  where $1 = 'Hazards' and l.from_columns and not k.is_point and not st_dwithin(k.location::geography, l.shape::geography, 1)),
unfit as (
  select l.number, 'UnfitShape', 'Longitude', geometrytype(l.shape) from ledger l
  where ($1 = 'Facilities' and geometrytype(l.shape) <> 'POINT')
     or ($1 = 'Divisions' and geometrytype(l.shape) not in ('POINT', 'POLYGON', 'MULTIPOLYGON')))
select * from lacking union all select * from unknown_division union all select * from unknown_parent
union all select * from foreign_parent union all select t.* from twice t join (
  select number from (select number, row_number() over (partition by code order by number) as n from ledger) r where n > 1) r using (number)
union all select * from nowhere union all select * from malformed union all select * from outside union all select * from follows union all select * from unfit
order by 1, 2
