-- executed by: OsmAgainTests
-- What an account has deleted stays deleted until the extract says something new about it.
create temp table osm_deleted on commit drop as
with
missing as (
  select 'Hazards' as entity, 'hazards' as part_of, s.kind as tag, s.code
  from osm_hazards s join register.osm_origins o on o.entity = 'Hazards' and o.code = s.code and o.fingerprint = s.fingerprint
  where not exists (select from register.hazards h where h.code = s.code)
  union all
  select 'Facilities', 'facilities', s.kind, s.code
  from osm_facilities s join register.osm_origins o on o.entity = 'Facilities' and o.code = s.code and o.fingerprint = s.fingerprint
  where not exists (select from register.facilities f where f.code = s.code)
  union all
  select 'Settlements', 'settlements', s.kind, s.code
  from osm_settlements s join register.osm_origins o on o.entity = 'Settlements' and o.code = s.code and o.fingerprint = s.fingerprint
  where not exists (select from register.settlements r where r.code = s.code)),
by_account as materialized (
  select distinct entity, fields ->> 'code' as code from register.history
  where operation = 'delete' and entity in ('Hazards', 'Facilities', 'Settlements') and changed_by !~ '^(database:|import)'
    and exists (select from missing))
select m.* from missing m join by_account using (entity, code);

insert into import_osm.skipped (osm_type, osm_id, part_of, tag, reason)
select upper(substr(code, 5, 1)), substr(code, 6)::bigint, part_of, tag, 'deleted here by hand, and the extract says nothing new about it'
from osm_deleted;
delete from osm_hazards s using osm_deleted d where d.entity = 'Hazards' and s.code = d.code;
delete from osm_facilities s using osm_deleted d where d.entity = 'Facilities' and s.code = d.code;
delete from osm_settlements s using osm_deleted d where d.entity = 'Settlements' and s.code = d.code;
