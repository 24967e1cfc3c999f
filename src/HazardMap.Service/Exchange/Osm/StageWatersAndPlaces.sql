-- executed by: OsmVillageTests
-- Waters and places as rows of the register, before they are placed in a division.
create temp table osm_hazards on commit drop as
select 'osm-' || lower(w.osm_type) || w.osm_id as code, k.kind,
       coalesce(left(register.one_line(w.name), 200), z.zh || ' ' || k.kind || ' osm-' || lower(w.osm_type) || w.osm_id) as name,
       w.geom::geography as shape, st_closestpoint(w.geom, st_centroid(w.geom)) as position,
       md5(concat_ws('|', k.kind, w.name, encode(st_asbinary(w.geom), 'hex'))) as fingerprint,
       '0000' as division_code, null::text as outcome, null::jsonb as said
from import_osm.waters w
cross join lateral (
  select case when w.kind <> 'by size' then w.kind
              when st_area(w.geom::geography) < current_setting('hazardmap.pond_below')::float8 then 'Pond' else 'Lake' end as kind) k
join register.words z on z.enumeration = 'HazardKind' and z.member = k.kind;

create temp table osm_facilities on commit drop as
select 'osm-' || lower(f.osm_type) || f.osm_id as code, f.kind,
       coalesce(left(register.one_line(f.name), 200), z.zh || ' ' || f.kind || ' osm-' || lower(f.osm_type) || f.osm_id) as name,
       st_pointonsurface(f.geom) as position, f.capacity, f.under5, f.aged_5_to_14, f.aged_60_plus, f.counts_estimated,
       md5(concat_ws('|', f.kind, f.name, encode(st_asbinary(f.geom), 'hex'), f.capacity, f.under5, f.aged_5_to_14,
                     f.aged_60_plus, f.counts_estimated)) as fingerprint,
       '0000' as division_code, null::text as outcome, null::jsonb as said
from import_osm.facilities f
join register.words z on z.enumeration = 'FacilityKind' and z.member = f.kind;

-- What the extract says, by the names of the fields; of shapes a digest that is the same however a ring is wound.
update osm_hazards
set said = jsonb_build_object('Name', name, 'Kind', kind, 'Shape', md5(st_asbinary(st_normalize(shape::geometry))));
update osm_facilities
set said = jsonb_build_object('Name', name, 'Kind', kind, 'Location', md5(st_asbinary(position)), 'Capacity', capacity, 'Under5', under5,
                              'Aged5To14', aged_5_to_14, 'Aged60Plus', aged_60_plus, 'CountsEstimated', counts_estimated);
