-- executed by: OsmVillageTests
-- The same rules as for hazards.
update osm_facilities s set said = t.said || jsonb_build_object('DivisionCode', t.division_code), outcome =
  case when f.id is null then 'inserted'
       when o.fingerprint is distinct from s.fingerprint then 'updated'
       when f.division_code = '0000' and s.division_code <> '0000' then 'moved'
       else 'unchanged' end
from osm_facilities t
left join register.facilities f on f.code = t.code
left join register.osm_origins o on o.entity = 'Facilities' and o.code = t.code
where t.code = s.code;

insert into osm_news (entity, code, field, was, now, is_overwritten)
select 'Facilities', s.code, f.key, coalesce(m.shown ->> f.key, m.has ->> f.key), coalesce(t.shown ->> f.key, f.value #>> '{}'),
       case when f.key = 'DivisionCode' and r.division_code = '0000' then false
            when o.said is null then r.version > 1
            else o.said -> f.key is distinct from m.has -> f.key end
from osm_facilities s
join register.facilities r on r.code = s.code
left join register.osm_origins o on o.entity = 'Facilities' and o.code = s.code
cross join lateral (
  select jsonb_build_object('Name', r.name, 'Kind', r.kind, 'Location', md5(st_asbinary(r.location::geometry)), 'Capacity', r.capacity,
                            'Under5', r.under5, 'Aged5To14', r.aged_5_to_14, 'Aged60Plus', r.aged_60_plus,
                            'CountsEstimated', r.counts_estimated, 'DivisionCode', r.division_code) as has,
         jsonb_build_object('Location', st_astext(r.location, 6)) as shown) m
cross join lateral (select jsonb_build_object('Location', st_astext(s.position, 6)) as shown) t
cross join lateral jsonb_each(s.said) f
where s.outcome = 'updated' and f.value is distinct from o.said -> f.key and f.value is distinct from m.has -> f.key
  and (f.key <> 'DivisionCode' or o.said is not null or r.division_code = '0000');

update osm_facilities s set outcome = case when f.division_code = '0000' and s.division_code <> '0000' then 'moved' else 'unchanged' end
from register.facilities f
where f.code = s.code and s.outcome = 'updated'
  and not exists (select from osm_news n where n.entity = 'Facilities' and n.code = s.code);

insert into register.facilities (code, name, kind, location, division_code, capacity, under5, aged_5_to_14, aged_60_plus,
                                 counts_estimated, source)
select code, name, kind, position::geography, division_code, capacity, under5, aged_5_to_14, aged_60_plus, counts_estimated,
       'OpenStreetMap (ODbL)'
from osm_facilities where outcome = 'inserted' order by code;

update register.facilities f
set name = case when 'Name' = any (n.fields) then s.name else f.name end,
    kind = case when 'Kind' = any (n.fields) then s.kind else f.kind end,
    location = case when 'Location' = any (n.fields) then s.position::geography else f.location end,
    capacity = case when 'Capacity' = any (n.fields) then s.capacity else f.capacity end,
    under5 = case when 'Under5' = any (n.fields) then s.under5 else f.under5 end,
    aged_5_to_14 = case when 'Aged5To14' = any (n.fields) then s.aged_5_to_14 else f.aged_5_to_14 end,
    aged_60_plus = case when 'Aged60Plus' = any (n.fields) then s.aged_60_plus else f.aged_60_plus end,
    counts_estimated = case when 'CountsEstimated' = any (n.fields) then s.counts_estimated else f.counts_estimated end,
    division_code = case when 'DivisionCode' = any (n.fields) or f.division_code = '0000' then s.division_code else f.division_code end
from osm_facilities s
join (select code, array_agg(field) as fields from osm_news where entity = 'Facilities' group by code) n using (code)
where f.code = s.code;

update register.facilities f set division_code = s.division_code
from osm_facilities s where s.code = f.code and s.outcome = 'moved';

insert into register.osm_origins as o (entity, code, extract, fingerprint, said, as_of)
select 'Facilities', code, current_setting('hazardmap.extract'), fingerprint, said,
       nullif(current_setting('hazardmap.as_of'), '')::timestamptz
from osm_facilities
on conflict (entity, code) do update
set fingerprint = excluded.fingerprint, said = excluded.said, as_of = coalesce(excluded.as_of, o.as_of)
where (o.fingerprint, o.said) is distinct from (excluded.fingerprint, excluded.said)
   or o.as_of is distinct from coalesce(excluded.as_of, o.as_of);
