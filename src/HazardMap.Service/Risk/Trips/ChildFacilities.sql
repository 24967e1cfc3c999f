-- Facilities that children are in or go to. The town factor of a school's children is that of its division.
select f.id, f.kind, f.status = 'Open', f.division_code, geography_send(f.location), f.under5, f.aged_5_to_14,
       coalesce(f.boarders, 0), coalesce(f.stages, 'Both') <> 'Junior', coalesce(f.stages, 'Both') <> 'Primary'
from register.facilities f
where f.kind in ('School', 'Kindergarten', 'ChildrensHome', 'SwimmingPool')
