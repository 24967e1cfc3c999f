-- executed by: LedgerHazardTests
-- The divisions that the ledger names, each with the nearest at or above it that has a boundary.
create temp table ledger_divisions on commit drop as
select s.division_code, (
  select d.code from register.divisions d
  where d.boundary is not null and d.code in (select left(s.division_code, n) from generate_series(1, length(s.division_code)) n)
  order by length(d.code) desc limit 1) as code
from (select distinct division_code from ledger where division_code is not null) s
