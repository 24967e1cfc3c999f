-- executed by: OsmVillageTests
-- New ones are inserted; of those about which the extract says something new the fields that it speaks of are updated (see
-- MergeDivisions); those that lay in no division and now do are moved. Nothing else is touched.
update osm_hazards s set said = t.said || jsonb_build_object('DivisionCode', t.division_code), outcome =
  case when h.id is null then 'inserted'
       when o.fingerprint is distinct from s.fingerprint then 'updated'
       when h.division_code = '0000' and s.division_code <> '0000' then 'moved'
       else 'unchanged' end
from osm_hazards t
left join register.hazards h on h.code = t.code
left join register.osm_origins o on o.entity = 'Hazards' and o.code = t.code
where t.code = s.code;

insert into osm_news (entity, code, field, was, now, is_overwritten)
select 'Hazards', s.code, f.key, coalesce(m.shown ->> f.key, m.has ->> f.key), coalesce(t.shown ->> f.key, f.value #>> '{}'),
       case when f.key = 'DivisionCode' and h.division_code = '0000' then false
            when o.said is null then h.version > 1
            else o.said -> f.key is distinct from m.has -> f.key end
from osm_hazards s
join register.hazards h on h.code = s.code
left join register.osm_origins o on o.entity = 'Hazards' and o.code = s.code
cross join lateral (
  select jsonb_build_object('Name', h.name, 'Kind', h.kind, 'Shape', md5(st_asbinary(st_normalize(h.shape::geometry))),
                            'DivisionCode', h.division_code) as has,
         jsonb_build_object('Shape', left(st_astext(h.shape, 5), 200)) as shown) m
cross join lateral (select jsonb_build_object('Shape', left(st_astext(s.shape, 5), 200)) as shown) t
cross join lateral jsonb_each(s.said) f
where s.outcome = 'updated' and f.value is distinct from o.said -> f.key and f.value is distinct from m.has -> f.key
  and (f.key <> 'DivisionCode' or o.said is not null or h.division_code = '0000');

update osm_hazards s set outcome = case when h.division_code = '0000' and s.division_code <> '0000' then 'moved' else 'unchanged' end
from register.hazards h
where h.code = s.code and s.outcome = 'updated'
  and not exists (select from osm_news n where n.entity = 'Hazards' and n.code = s.code);

insert into register.hazards (code, name, kind, shape, division_code, source)
select code, name, kind, shape, division_code, 'OpenStreetMap (ODbL)' from osm_hazards where outcome = 'inserted' order by code;

update register.hazards h
set name = case when 'Name' = any (n.fields) then s.name else h.name end,
    kind = case when 'Kind' = any (n.fields) then s.kind else h.kind end,
    shape = case when 'Shape' = any (n.fields) then s.shape else h.shape end,
    division_code = case when 'DivisionCode' = any (n.fields) or h.division_code = '0000' then s.division_code else h.division_code end
from osm_hazards s
join (select code, array_agg(field) as fields from osm_news where entity = 'Hazards' group by code) n using (code)
where h.code = s.code;

update register.hazards h set division_code = s.division_code
from osm_hazards s where s.code = h.code and s.outcome = 'moved';

insert into register.osm_origins as o (entity, code, extract, fingerprint, said, as_of)
select 'Hazards', code, current_setting('hazardmap.extract'), fingerprint, said, nullif(current_setting('hazardmap.as_of'), '')::timestamptz
from osm_hazards
on conflict (entity, code) do update
set fingerprint = excluded.fingerprint, said = excluded.said, as_of = coalesce(excluded.as_of, o.as_of)
where (o.fingerprint, o.said) is distinct from (excluded.fingerprint, excluded.said)
   or o.as_of is distinct from coalesce(excluded.as_of, o.as_of);
