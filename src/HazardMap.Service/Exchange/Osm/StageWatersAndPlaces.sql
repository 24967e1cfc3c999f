-- executed by: OsmVillageTests
-- Waters and places as rows of the register, before they are placed in a division.
create temp table osm_hazards on commit drop as
select 'osm-' || lower(w.osm_type) || w.osm_id as code, k.kind,
       coalesce(nullif(btrim(left(w.name, 200)), ''), z.zh || ' ' || k.kind || ' osm-' || lower(w.osm_type) || w.osm_id) as name,
       w.geom::geography as shape, st_closestpoint(w.geom, st_centroid(w.geom)) as position,
       md5(concat_ws('|', k.kind, w.name, encode(st_asbinary(w.geom), 'hex'))) as fingerprint,
       '0000' as division_code, null::text as outcome
from import_osm.waters w
cross join lateral (
  select case when w.kind <> 'by size' then w.kind
              when st_area(w.geom::geography) < current_setting('hazardmap.pond_below')::float8 then 'Pond' else 'Lake' end as kind) k
left join (values ('River', '河流'), ('Stream', '溪流'), ('Lake', '湖泊'), ('Reservoir', '水库'), ('Pond', '坑塘'), ('Canal', '沟渠'),
                  ('Weir', '堰坝'), ('Other', '水域')) z (kind, zh) on z.kind = k.kind;

create temp table osm_facilities on commit drop as
select 'osm-' || lower(f.osm_type) || f.osm_id as code, f.kind,
       coalesce(nullif(btrim(left(f.name, 200)), ''), z.zh || ' ' || f.kind || ' osm-' || lower(f.osm_type) || f.osm_id) as name,
       st_pointonsurface(f.geom) as position, f.capacity, f.under5, f.aged_5_to_14, f.aged_60_plus, f.counts_estimated,
       md5(concat_ws('|', f.kind, f.name, encode(st_asbinary(f.geom), 'hex'), f.capacity, f.under5, f.aged_5_to_14,
                     f.aged_60_plus, f.counts_estimated)) as fingerprint,
       '0000' as division_code, null::text as outcome
from import_osm.facilities f
left join (values ('School', '学校'), ('Kindergarten', '幼儿园'), ('CareHome', '养老机构'), ('SwimmingPool', '游泳池'), ('Canteen', '食堂'),
                  ('ChildrensHome', '儿童之家'), ('ProtectionCentre', '未保中心'), ('SocialWorkStation', '社工站')) z (kind, zh)
  on z.kind = f.kind;
