with
-- relations that the register does not have yet
inserted as (
  insert into register.divisions (code, name, level, parent_code, boundary, centre, source)
  select s.code, left(s.name, 200), s.level, s.parent_code, s.boundary, s.centre, $2
  from osm_divisions s
  where not exists (select from register.divisions d where d.code = s.code)
  order by s.depth, s.code
  returning code),
-- known relations about which the extract says something new
updated as (
  update register.divisions d set name = left(s.name, 200), boundary = s.boundary, centre = s.centre
  from osm_divisions s left join register.osm_origins o on o.entity = 'Divisions' and o.code = s.code
  where d.code = s.code and o.fingerprint is distinct from s.fingerprint
  returning d.code),
remembered as (
  insert into register.osm_origins as o (entity, code, extract, fingerprint)
  select 'Divisions', code, $1, fingerprint from osm_divisions
  on conflict (entity, code) do update set fingerprint = excluded.fingerprint where o.fingerprint <> excluded.fingerprint
  returning 1)
select (select count(*) from osm_divisions), (select count(*) from inserted), (select count(*) from updated),
       (select count(*) from remembered)
