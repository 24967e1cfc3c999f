-- executed by: LedgerSettlementTests
-- Settlements that no lowest division has, after divisions came or changed: the lowest that can be told now.
update register.settlements s set division_code = h.code
from (select id, register.home_division_at(location, nullif(division_code, '0000')) as code from register.settlements
      where not register.is_lowest(division_code)) h
where h.id = s.id and h.code is not null and h.code <> s.division_code
