-- executed by: OsmVillageTests
insert into register.divisions (code, name, level, parent_code, boundary, centre, source)
select code, name, level, parent_code, boundary, centre, 'OpenStreetMap (ODbL)'
from osm_divisions where outcome = 'inserted' order by length(code), code;

update register.divisions d set name = s.name, boundary = s.boundary, centre = s.centre
from osm_divisions s where d.code = s.code and s.outcome = 'updated';

insert into register.osm_origins as o (entity, code, extract, fingerprint)
select 'Divisions', code, current_setting('hazardmap.extract'), fingerprint from osm_divisions where outcome <> 'unchanged'
on conflict (entity, code) do update set fingerprint = excluded.fingerprint;
