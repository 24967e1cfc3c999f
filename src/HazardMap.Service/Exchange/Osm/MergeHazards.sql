-- executed by: OsmVillageTests
-- New ones are inserted, those about which the extract says something new are updated, those that lay in no division
-- and now do are moved. Nothing else is touched.
update osm_hazards s set outcome =
  case when h.id is null then 'inserted'
       when o.fingerprint is distinct from s.fingerprint then 'updated'
       when h.division_code = '0000' and s.division_code <> '0000' then 'moved'
       else 'unchanged' end
from osm_hazards t
left join register.hazards h on h.code = t.code
left join register.osm_origins o on o.entity = 'Hazards' and o.code = t.code
where t.code = s.code;

insert into register.hazards (code, name, kind, shape, division_code, source)
select code, name, kind, shape, division_code, 'OpenStreetMap (ODbL)' from osm_hazards where outcome = 'inserted' order by code;

update register.hazards h set name = s.name, kind = s.kind, shape = s.shape,
       division_code = case when h.division_code = '0000' then s.division_code else h.division_code end
from osm_hazards s where s.code = h.code and s.outcome = 'updated';

update register.hazards h set division_code = s.division_code
from osm_hazards s where s.code = h.code and s.outcome = 'moved';

insert into register.osm_origins as o (entity, code, extract, fingerprint)
select 'Hazards', code, current_setting('hazardmap.extract'), fingerprint from osm_hazards where outcome in ('inserted', 'updated')
on conflict (entity, code) do update set fingerprint = excluded.fingerprint;
