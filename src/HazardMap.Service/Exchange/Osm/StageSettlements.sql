-- executed by: OsmSettlementTests
-- Places, and homes gathered in cells of 200 m: as many rows as there are, before they are placed in a division. A cell's number is
-- that of its row from the south pole times a million and of its column from the antimeridian; it does not hang on the extract.
create temp table osm_homes on commit drop as
select h.osm_type, h.osm_id, h.tag, h.floor, h.lon, h.lat,
       r.row * 1000000 + floor((h.lon + 180) * 111320 * cos(radians((r.row + 0.5) * 200 / 111320 - 90)) / 200)::bigint as cell
from import_osm.homes h cross join lateral (select floor((h.lat + 90) * 111320 / 200)::bigint as row) r;

insert into import_osm.skipped (osm_type, osm_id, part_of, tag, reason)
select osm_type, osm_id, 'settlements', tag, 'broken geometry: no valid line or area can be built from its nodes'
from import_osm.settlements where geom is null or st_isempty(geom) or st_xmax(geom) - st_xmin(geom) > 180;

create temp table osm_settlements on commit drop as
select 'osm-' || lower(s.osm_type) || s.osm_id as code, 'Place' as kind, left(register.one_line(s.name), 200) as name,
       st_closestpoint(s.geom, st_centroid(s.geom)) as position, s.weight, 0::bigint as homes, 0::double precision as floor,
       null::text as fingerprint, '0000' as division_code, null::text as outcome, null::jsonb as said
from import_osm.settlements s
where not (s.geom is null or st_isempty(s.geom) or st_xmax(s.geom) - st_xmin(s.geom) > 180)
union all
-- People are where the floors are, not in the middle of the cell.
select 'osm-c' || cell, 'Building', null,
       st_setsrid(st_makepoint(round((sum(lon * floor) / sum(floor))::numeric, 6),
                               round((sum(lat * floor) / sum(floor))::numeric, 6)), 4326),
       greatest(round((sum(floor) / 100)::numeric, 1), 0.1), count(*), sum(floor), null, '0000', null, null
from osm_homes group by cell having sum(floor) > 0;

update osm_settlements
set fingerprint = md5(concat_ws('|', kind, name, weight, encode(st_asbinary(position), 'hex'))),
    said = jsonb_build_object('Name', name, 'Kind', kind, 'Weight', weight, 'Location', md5(st_asbinary(position)));
