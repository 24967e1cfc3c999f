-- executed by: LedgerFacilityTests
-- The same rules as for hazards. A count that a ledger states is no estimate unless it says so.
update ledger s set outcome =
  case when f.id is null then 'inserted'
       when (f.name, f.kind, f.division_code, f.capacity, f.under5, f.aged_5_to_14, f.aged_60_plus, f.status)
            is distinct from
            (coalesce(l.name, f.name), coalesce(l.kind, f.kind), coalesce(l.division_code, f.division_code), coalesce(l.capacity, f.capacity), coalesce(l.under5, f.under5),
             coalesce(l.aged_5_to_14, f.aged_5_to_14), coalesce(l.aged_60_plus, f.aged_60_plus), coalesce(l.status, f.status)) then 'updated'
       when f.counts_estimated <> coalesce(l.counts_estimated, f.counts_estimated and num_nonnulls(l.under5, l.aged_5_to_14, l.aged_60_plus) = 0) then 'updated'
       when l.shape is not null and not register.is_same_shape(f.location::geometry, l.shape, current_setting('hazardmap.same_metres')::float8) then 'moved'
       else 'unchanged' end
from ledger l left join register.facilities f on f.code = l.code
where l.number = s.number;

insert into register.facilities (code, name, kind, location, division_code, capacity, under5, aged_5_to_14, aged_60_plus, counts_estimated, status, is_synthetic, source)
select code, name, kind, shape::geography, division_code, capacity, coalesce(under5, 0), coalesce(aged_5_to_14, 0), coalesce(aged_60_plus, 0), coalesce(counts_estimated, false), coalesce(status, 'Open'), coalesce(is_synthetic, false),
       current_setting('hazardmap.source')
from ledger where outcome = 'inserted' order by number;

update register.facilities f
set name = coalesce(l.name, f.name), kind = coalesce(l.kind, f.kind), division_code = coalesce(l.division_code, f.division_code),
    capacity = coalesce(l.capacity, f.capacity), under5 = coalesce(l.under5, f.under5), aged_5_to_14 = coalesce(l.aged_5_to_14, f.aged_5_to_14),
    aged_60_plus = coalesce(l.aged_60_plus, f.aged_60_plus), status = coalesce(l.status, f.status),
    counts_estimated = coalesce(l.counts_estimated, f.counts_estimated and num_nonnulls(l.under5, l.aged_5_to_14, l.aged_60_plus) = 0),
    location = case when l.shape is null or register.is_same_shape(f.location::geometry, l.shape, current_setting('hazardmap.same_metres')::float8) then f.location
                    else l.shape::geography end
from ledger l where l.code = f.code and l.outcome in ('updated', 'moved');
