-- executed by: LedgerHazardTests
-- Where each row should be: at the known position of its code, else inside the nearest boundary at or above its division. The next
-- $2 rows after number $1.
select l.number, l.raw, st_x(k.location), st_y(k.location), b.code
from (select number, division_code, raw from ledger where raw is not null and number > $1 order by number limit $2) l
left join ledger_known k using (number)
left join ledger_divisions b using (division_code)
order by l.number
