-- executed by: OsmVillageTests
-- Each staged object gets the smallest division in force that holds its position; 0000 holds what no division holds.
create temp table osm_positions on commit drop as
select 'hazard' as part, code as key, position from osm_hazards
union all select 'facility', code, position from osm_facilities
union all select 'settlement', code, position from osm_settlements
union all select 'edge', way_id || ':' || segment, position from osm_edges;
create index on osm_positions using gist (position);
analyze osm_positions;

create temp table osm_divided on commit drop as
with divisions as materialized (
  select code, boundary::geometry as boundary, st_area(boundary::geometry) as area
  from register.divisions where boundary is not null and (valid_to is null or valid_to > current_date))
select distinct on (p.part, p.key) p.part, p.key, d.code
from divisions d join osm_positions p on d.boundary && p.position and st_covers(d.boundary, p.position)
order by p.part, p.key, d.area, d.code;

insert into register.divisions (code, name, level, centre, source)
select '0000', '未划入 / Unassigned', 'Prefecture', st_centroid(st_collect(p.position))::geography, 'HazardMap'
from osm_positions p left join osm_divided d using (part, key)
where d.code is null having count(*) > 0
on conflict (code) do nothing;

create unique index on osm_divided (part, key);
analyze osm_divided;
update osm_hazards s set division_code = d.code from osm_divided d where d.part = 'hazard' and d.key = s.code;
update osm_facilities s set division_code = d.code from osm_divided d where d.part = 'facility' and d.key = s.code;
update osm_settlements s set division_code = d.code from osm_divided d where d.part = 'settlement' and d.key = s.code;
update osm_edges s set division_code = d.code from osm_divided d where d.part = 'edge' and d.key = s.way_id || ':' || s.segment;
-- Whoever lives somewhere lives in a lowest division, though villages may be known by a point alone.
update osm_settlements s set division_code = coalesce(h.code, '0000')
from (select code, register.home_division_at(position::geography, nullif(division_code, '0000')) as code
      from osm_settlements) h (key, code)
where h.key = s.code and h.code is distinct from nullif(s.division_code, '0000');
create unique index on osm_edges (way_id, segment);
analyze osm_hazards, osm_facilities, osm_settlements, osm_edges;
