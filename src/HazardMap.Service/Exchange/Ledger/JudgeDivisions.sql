-- executed by: LedgerDivisionTests
-- Divisions whose code, parent or position can't be: number, reason, column, and what the message names.
with
-- the division above must be known or stand in the same file
unknown_parent as (
  select l.number, 'UnknownDivision' as reason, 'ParentCode' as column_name, l.parent_code as detail from ledger l
  where l.parent_code is not null and not exists (select from register.divisions d where d.code = l.parent_code)
    and not exists (select from ledger p where p.code = l.parent_code)),
-- a division's code begins with its parent's
foreign_parent as (
  select l.number, 'NotAPrefix', 'ParentCode', l.parent_code from ledger l
  where l.parent_code is not null and (not starts_with(l.code, l.parent_code) or l.code = l.parent_code)
    and l.code ~ '^[0-9A-Za-z.]{2,64}$'),
-- a new division without a position needs one above it that has a centre
nowhere as (
  select l.number, 'Nowhere', 'Longitude', l.code from ledger l left join ledger_known k using (number)
  where k.number is null and l.raw is null
    and not exists (select from register.divisions d where starts_with(l.code, d.code))
    and not exists (select from ledger p where p.raw is not null and starts_with(l.code, p.code))),
malformed as (select number, 'CodeForm', 'Code', code from ledger where code !~ '^[0-9A-Za-z.]{2,64}$'),
unfit as (
  select l.number, 'UnfitShape', 'Longitude', geometrytype(l.shape) from ledger l
  where geometrytype(l.shape) not in ('POINT', 'POLYGON', 'MULTIPOLYGON', 'GEOMETRYCOLLECTION'))
select * from unknown_parent union all select * from foreign_parent union all select * from nowhere
union all select * from malformed union all select * from unfit
