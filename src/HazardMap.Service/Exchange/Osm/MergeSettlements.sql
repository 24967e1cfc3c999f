-- executed by: OsmSettlementTests
-- The same rules as for hazards.
update osm_settlements s set said = t.said || jsonb_build_object('DivisionCode', t.division_code), outcome =
  case when r.id is null then 'inserted'
       when o.fingerprint is distinct from s.fingerprint then 'updated'
       when r.division_code = '0000' and s.division_code <> '0000' then 'moved'
       else 'unchanged' end
from osm_settlements t
left join register.settlements r on r.code = t.code
left join register.osm_origins o on o.entity = 'Settlements' and o.code = t.code
where t.code = s.code;

insert into osm_news (entity, code, field, was, now, is_overwritten)
select 'Settlements', s.code, f.key, coalesce(m.shown ->> f.key, m.has ->> f.key), coalesce(t.shown ->> f.key, f.value #>> '{}'),
       case when f.key = 'DivisionCode' and r.division_code = '0000' then false
            when o.said is null then r.version > 1
            else o.said -> f.key is distinct from m.has -> f.key end
from osm_settlements s
join register.settlements r on r.code = s.code
left join register.osm_origins o on o.entity = 'Settlements' and o.code = s.code
cross join lateral (
  select jsonb_build_object('Name', r.name, 'Kind', r.kind, 'Weight', r.weight, 'Location', md5(st_asbinary(r.location::geometry)),
                            'DivisionCode', r.division_code) as has,
         jsonb_build_object('Location', st_astext(r.location, 6)) as shown) m
cross join lateral (select jsonb_build_object('Location', st_astext(s.position, 6)) as shown) t
cross join lateral jsonb_each(s.said) f
where s.outcome = 'updated' and f.value is distinct from o.said -> f.key and f.value is distinct from m.has -> f.key
  and (f.key <> 'DivisionCode' or o.said is not null or r.division_code = '0000');

update osm_settlements s set outcome = case when r.division_code = '0000' and s.division_code <> '0000' then 'moved' else 'unchanged' end
from register.settlements r
where r.code = s.code and s.outcome = 'updated'
  and not exists (select from osm_news n where n.entity = 'Settlements' and n.code = s.code);

insert into register.settlements (code, name, kind, location, division_code, weight, source)
select code, name, kind, position::geography, division_code, weight, 'OpenStreetMap (ODbL)'
from osm_settlements where outcome = 'inserted' order by code;

update register.settlements r
set name = case when 'Name' = any (n.fields) then s.name else r.name end,
    kind = case when 'Kind' = any (n.fields) then s.kind else r.kind end,
    weight = case when 'Weight' = any (n.fields) then s.weight else r.weight end,
    location = case when 'Location' = any (n.fields) then s.position::geography else r.location end,
    division_code = case when 'DivisionCode' = any (n.fields) or r.division_code = '0000' then s.division_code else r.division_code end
from osm_settlements s
join (select code, array_agg(field) as fields from osm_news where entity = 'Settlements' group by code) n using (code)
where r.code = s.code;

update register.settlements r set division_code = s.division_code
from osm_settlements s where s.code = r.code and s.outcome = 'moved';

insert into register.osm_origins as o (entity, code, extract, fingerprint, said, as_of)
select 'Settlements', code, current_setting('hazardmap.extract'), fingerprint, said,
       nullif(current_setting('hazardmap.as_of'), '')::timestamptz
from osm_settlements
on conflict (entity, code) do update
set fingerprint = excluded.fingerprint, said = excluded.said, as_of = coalesce(excluded.as_of, o.as_of)
where (o.fingerprint, o.said) is distinct from (excluded.fingerprint, excluded.said)
   or o.as_of is distinct from coalesce(excluded.as_of, o.as_of);
