-- executed by: OsmVillageTests
-- The same rules as for hazards.
update osm_facilities s set outcome =
  case when f.id is null then 'inserted'
       when o.fingerprint is distinct from s.fingerprint then 'updated'
       when f.division_code = '0000' and s.division_code <> '0000' then 'moved'
       else 'unchanged' end
from osm_facilities t
left join register.facilities f on f.code = t.code
left join register.osm_origins o on o.entity = 'Facilities' and o.code = t.code
where t.code = s.code;

insert into register.facilities (code, name, kind, location, division_code, capacity, under5, aged_5_to_14, aged_60_plus,
                                 counts_estimated, source)
select code, name, kind, position::geography, division_code, capacity, under5, aged_5_to_14, aged_60_plus, counts_estimated,
       'OpenStreetMap (ODbL)'
from osm_facilities where outcome = 'inserted' order by code;

update register.facilities f
set name = s.name, kind = s.kind, location = s.position::geography, capacity = s.capacity, under5 = s.under5,
    aged_5_to_14 = s.aged_5_to_14, aged_60_plus = s.aged_60_plus, counts_estimated = s.counts_estimated,
    division_code = case when f.division_code = '0000' then s.division_code else f.division_code end
from osm_facilities s where s.code = f.code and s.outcome = 'updated';

update register.facilities f set division_code = s.division_code
from osm_facilities s where s.code = f.code and s.outcome = 'moved';

insert into register.osm_origins as o (entity, code, extract, fingerprint)
select 'Facilities', code, current_setting('hazardmap.extract'), fingerprint from osm_facilities where outcome in ('inserted', 'updated')
on conflict (entity, code) do update set fingerprint = excluded.fingerprint;
