-- executed by: LedgerSettlementTests
-- A new settlement that names no division gets the lowest that can be told by boundaries and centres; where none can it must name one.
with
unnamed as (
  select l.number, l.shape from ledger l left join ledger_known k using (number)
  where l.division_code is null and l.shape is not null and k.number is null),
divisions as materialized (
  select code, boundary::geometry as boundary, st_area(boundary::geometry) as area from register.divisions
  where boundary is not null and valid_from <= current_date and (valid_to is null or valid_to > current_date)
    and exists (select from unnamed)),
held as (
  select distinct on (u.number) u.number, d.code
  from divisions d join unnamed u on d.boundary && u.shape and st_covers(d.boundary, u.shape)
  order by u.number, d.area, d.code),
lowest as (
  select u.number, c.code from unnamed u left join held h using (number)
  cross join lateral (select register.home_division_at(u.shape::geography, h.code) as code) c where c.code is not null),
told as (update ledger l set division_code = h.code from lowest h where h.number = l.number)
select u.number, 'InNoDivision', 'DivisionCode', null::text
from unnamed u where not exists (select from lowest h where h.number = u.number)
