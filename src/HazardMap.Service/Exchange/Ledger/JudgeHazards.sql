-- executed by: LedgerRowRefusalTests
-- The location of a line or an area follows its shape: two columns can't move it.
select l.number, 'FollowsShape', 'Longitude', l.code
from ledger l join ledger_known k using (number)
where l.from_columns and not k.is_point and not st_dwithin(k.location::geography, l.shape::geography, 1)
