-- executed by: LedgerHazardTests
-- Where each row should be: at the known position of its code, else inside the nearest boundary at or above its division.
select l.number, l.raw, st_x(k.location), st_y(k.location), b.code
from ledger l
left join ledger_known k using (number)
left join (
  select s.division_code, (
    select d.code from register.divisions d
    where d.boundary is not null and d.code in (select left(s.division_code, n) from generate_series(1, length(s.division_code)) n)
    order by length(d.code) desc limit 1) as code
  from (select distinct division_code from ledger where division_code is not null) s) b using (division_code)
where l.raw is not null
