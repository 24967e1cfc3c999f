-- Ways on foot that leave the network at any of its points within 250 m of the water, independently: goes on from the tables
-- of pgrouting_walks.sql. Every such point that can matter is a target of pgRouting: where a road comes within 250 m, found by
-- halving; junctions; where doors meet the network; and of the points between them one each 25 m, which must change nothing.
create function pg_temp.apart(road geometry, share float8, bank geometry) returns float8 language sql
as 'select st_distance(st_lineinterpolatepoint(road, share), bank)';
create function pg_temp.crossing(road geometry, bank geometry, near float8, far float8) returns float8 language plpgsql as $$
begin
  for i in 1..30 loop
    if pg_temp.apart(road, (near + far) / 2, bank) <= 250 then near := (near + far) / 2; else far := (near + far) / 2; end if;
  end loop;
  return near;
end $$;
-- Roads that come near a water, each with the water's near part in a plane around it, where metres are metres.
create temp table beside on commit drop as
select w.id as water, e.id as edge, st_transform(e.geom, plane) as road, st_transform(bank, plane) as bank, e.geom
from waters w join edges e on st_dwithin(e.geom::geography, w.shape::geography, 251)
cross join lateral (select st_lineinterpolatepoint(e.geom, 0.5) as middle) m
cross join lateral (select format('+proj=aeqd +lat_0=%s +lon_0=%s +datum=WGS84', st_y(middle), st_x(middle)) as plane) p
cross join lateral (select case when st_npoints(w.shape) < 300 then w.shape
  else st_intersection(w.shape, st_expand(st_envelope(e.geom), 0.01)) end as bank) b;
create temp table samples on commit drop as
select water, edge, i, i::float8 / steps as share, pg_temp.apart(road, i::float8 / steps, bank) as apart, steps
from (select *, greatest(1, ceil(st_length(road) / 2))::int as steps from beside) b cross join lateral generate_series(0, steps) i;
create temp table targets on commit drop as
select water, edge, share, apart from samples where apart <= 250 and (i in (0, steps) or i % 12 = 0)
union all
select s.water, s.edge, x.share, pg_temp.apart(b.road, x.share, b.bank)
from (select *, lead(apart) over w as next_apart, lead(share) over w as next_share
      from samples window w as (partition by water, edge order by i)) s
join beside b using (water, edge)
cross join lateral (select case when s.apart <= 250 then pg_temp.crossing(b.road, b.bank, s.share, s.next_share)
  else pg_temp.crossing(b.road, b.bank, s.next_share, s.share) end as share) x
where (s.apart <= 250) <> (s.next_apart <= 250)
union all
select b.water, b.edge, d.fraction, pg_temp.apart(b.road, d.fraction, b.bank)
from beside b join contacts d on d.edge = b.edge and d.id < 100000
where pg_temp.apart(b.road, d.fraction, b.bank) <= 250;
create temp table numbered on commit drop as
select *, dense_rank() over (order by edge, fraction) as pid
from (select distinct id, 0 as water, edge, fraction, apart from contacts where id < 100000
      union
      select distinct 0, water, edge, least(greatest(share, 1e-7), 1 - 1e-7), apart from targets) t;
analyze numbered
-- part --
select d.id, w.water, min(d.apart + w.apart + case when d.pid = w.pid then 0 else c.agg_cost end)
from numbered d
join numbered w on d.id > 0 and w.water > 0
left join pgr_withpointscost(
  'select id, source, target, cost, reverse_cost from edges',
  'select distinct pid, edge as edge_id, fraction from numbered',
  (select array_agg(distinct -pid) from numbered where id > 0), (select array_agg(distinct -pid) from numbered where water > 0),
  true, 'b') c on c.start_pid = -d.pid and c.end_pid = -w.pid
where d.pid = w.pid or c.agg_cost is not null
group by d.id, w.water
