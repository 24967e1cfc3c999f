-- executed by: LedgerDivisionTests
-- Where each division should be: at the known position of its code; its own boundary is what may be wrong. The next $2 rows after
-- number $1.
select l.number, l.raw, st_x(k.location), st_y(k.location), null::text
from (select number, raw from ledger where raw is not null and number > $1 order by number limit $2) l
left join ledger_known k using (number)
order by l.number
