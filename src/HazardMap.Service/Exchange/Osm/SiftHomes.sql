-- executed by: OsmSettlementTests
-- A division of which few homes are drawn: they would draw all its children to themselves. Its places count, or its centre.
create temp table osm_scarce on commit drop as
select s.division_code from osm_settlements s join register.divisions d on d.code = s.division_code
where s.kind = 'Building'
group by s.division_code, d.population
having sum(s.homes) < current_setting('hazardmap.fewest_homes')::integer
    or sum(s.floor) < d.population * current_setting('hazardmap.least_floor_per_person')::double precision;

insert into import_osm.skipped (osm_type, osm_id, part_of, tag, reason)
select h.osm_type, h.osm_id, 'settlements', h.tag, 'too few homes are drawn in its division to say where people live'
from osm_settlements s join osm_scarce using (division_code) join osm_homes h on s.code = 'osm-c' || h.cell where s.kind = 'Building';

delete from osm_settlements s using osm_scarce c where s.kind = 'Building' and s.division_code = c.division_code;
