-- executed by: LedgerRowRefusalTests
-- The same code twice: the first row stands, the others are told.
select number, 'CodeTwice', 'Code', detail
from (select number, code || ' (' || first_value(number) over same || ')' as detail, row_number() over same as place
      from ledger window same as (partition by code order by number)) rows
where place > 1
