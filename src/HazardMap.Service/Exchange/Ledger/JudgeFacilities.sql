-- executed by: LedgerFacilityTests
-- A facility is a point.
select l.number, 'UnfitShape', 'Longitude', geometrytype(l.shape) from ledger l where geometrytype(l.shape) <> 'POINT'
