-- executed by: OsmVillageTests
-- What the extract says anew, field by field: it differs from what the extract said last time and from what the register has. Where
-- the register has neither, somebody corrected it by hand: that is overwritten, and told. A field about which the extract says what it
-- said before is left alone. Of what was imported before fields were kept, a row that was ever changed counts as corrected.
create temp table osm_news (entity text, code text, field text, was text, now text, is_overwritten boolean) on commit drop;

insert into osm_news (entity, code, field, was, now, is_overwritten)
select 'Divisions', s.code, f.key, coalesce(m.shown ->> f.key, m.has ->> f.key), coalesce(t.shown ->> f.key, f.value #>> '{}'),
       case when o.said is null then d.version > 1 else o.said -> f.key is distinct from m.has -> f.key end
from osm_divisions s
join register.divisions d on d.code = s.code
left join register.osm_origins o on o.entity = 'Divisions' and o.code = s.code
cross join lateral (
  select jsonb_build_object('Name', d.name, 'Boundary', md5(st_asbinary(st_normalize(d.boundary::geometry)))) as has,
         jsonb_build_object('Boundary', left(st_astext(d.boundary, 5), 200)) as shown) m
cross join lateral (select jsonb_build_object('Boundary', left(st_astext(s.boundary, 5), 200)) as shown) t
cross join lateral jsonb_each(s.said) f
where s.outcome = 'updated' and f.value is distinct from o.said -> f.key and f.value is distinct from m.has -> f.key;

update osm_divisions s set outcome = 'unchanged'
where outcome = 'updated' and not exists (select from osm_news n where n.entity = 'Divisions' and n.code = s.code);

insert into register.divisions (code, name, level, parent_code, boundary, centre, population, source)
select code, name, level, parent_code, boundary, centre, population, 'OpenStreetMap (ODbL)'
from osm_divisions where outcome = 'inserted' order by length(code), code;

update register.divisions d
set name = case when 'Name' = any (n.fields) then s.name else d.name end,
    boundary = case when 'Boundary' = any (n.fields) then s.boundary else d.boundary end,
    centre = case when 'Boundary' = any (n.fields) then s.centre else d.centre end
from osm_divisions s
join (select code, array_agg(field) as fields from osm_news where entity = 'Divisions' group by code) n using (code)
where d.code = s.code;

-- A number of people that somebody states is his; where nobody does the extract's is better than none.
with counted as (
  update register.divisions d set population = s.population
  from osm_divisions s
  where s.code = d.code and d.population is null and s.population is not null
  returning d.code)
update osm_divisions s set outcome = 'updated' from counted c where c.code = s.code and s.outcome = 'unchanged';

insert into register.osm_origins as o (entity, code, extract, fingerprint, said, as_of)
select 'Divisions', code, current_setting('hazardmap.extract'), fingerprint, said,
       nullif(current_setting('hazardmap.as_of'), '')::timestamptz
from osm_divisions
on conflict (entity, code) do update
set fingerprint = excluded.fingerprint, said = excluded.said, as_of = coalesce(excluded.as_of, o.as_of)
where (o.fingerprint, o.said) is distinct from (excluded.fingerprint, excluded.said)
   or o.as_of is distinct from coalesce(excluded.as_of, o.as_of);
