-- executed by: OsmVillageTests
-- Edges keep their number: it is made from way and segment, so that two registers agree on it. A way that is in the
-- extract is as the extract says: segments that its new cut does not have any more are removed and counted.
update osm_edges s set outcome =
  case when e.id is null then 'inserted'
       when (e.source, e.target, e.class, e.name, e.speed_kmh, e.walk_forward, e.walk_backward, e.drive_forward, e.drive_backward)
            is distinct from (s.source, s.target, s.class, s.name, s.speed_kmh, s.walk_forward, s.walk_backward, s.drive_forward,
              s.drive_backward)
         or st_asbinary(e.geom) <> st_asbinary(s.geom) then 'updated'
       when e.division_code = '0000' and s.division_code <> '0000' then 'updated'
       else 'unchanged' end
from osm_edges t left join register.road_edges e on e.way_id = t.way_id and e.segment = t.segment
where t.way_id = s.way_id and t.segment = s.segment;

insert into register.road_edges (id, way_id, segment, source, target, class, name, geom, length_metres, speed_kmh,
                                 walk_forward, walk_backward, drive_forward, drive_backward, division_code, origin)
overriding system value
select way_id * 16384 + segment, way_id, segment, source, target, class, name, geom, length_metres, speed_kmh,
       walk_forward, walk_backward, drive_forward, drive_backward, division_code, current_setting('hazardmap.extract')
from osm_edges where outcome = 'inserted' order by way_id, segment;

update register.road_edges e
set source = s.source, target = s.target, class = s.class, name = s.name, geom = s.geom, length_metres = s.length_metres,
    speed_kmh = s.speed_kmh, walk_forward = s.walk_forward, walk_backward = s.walk_backward, drive_forward = s.drive_forward,
    drive_backward = s.drive_backward,
    division_code = case when e.division_code = '0000' then s.division_code else e.division_code end
from osm_edges s where e.way_id = s.way_id and e.segment = s.segment and s.outcome = 'updated';

create temp table osm_recut on commit drop as
with recut as (
  delete from register.road_edges e
  using (select way_id, max(segment) as last from osm_edges group by way_id) w
  where e.way_id = w.way_id and e.segment > w.last
  returning e.id)
select id from recut;
