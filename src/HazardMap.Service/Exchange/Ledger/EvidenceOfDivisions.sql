-- executed by: LedgerDivisionTests
-- Where each division should be: at the known position of its code; its own boundary is what may be wrong.
select l.number, l.raw, st_x(k.location), st_y(k.location), null::text
from ledger l left join ledger_known k using (number)
where l.raw is not null
