-- executed by: LedgerHazardTests
select coalesce(l.kind, l.level, h.kind, f.kind, d.level) as kind, count(*) filter (where l.outcome = 'inserted')::int,
       count(*) filter (where l.outcome in ('updated', 'moved'))::int, count(*) filter (where l.outcome = 'unchanged')::int
from ledger l
left join register.hazards h on $1 = 'Hazards' and h.code = l.code
left join register.facilities f on $1 = 'Facilities' and f.code = l.code
left join register.divisions d on $1 = 'Divisions' and d.code = l.code
group by 1 order by 1
