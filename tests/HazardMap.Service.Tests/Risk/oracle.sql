-- Risk once more, independently: PostGIS geography over all pairs, multipliers written out by hand.
with pairs as (
  select h.id, f.under5, f.aged_5_to_14, st_distance(h.shape, f.location) as d
  from register.hazards h join register.facilities f on f.under5 + f.aged_5_to_14 > 0 /* and near */),
exposures as (
  select id, count(*) as pairs, sum(under5 * exp(-d / 79) + aged_5_to_14 * exp(-d / 517)) as exposure
  from pairs where d <= 3000 group by id)
select h.code, coalesce(e.pairs, 0) as pairs, case when h.status in ('Closed', 'Filled') then 0 else coalesce(e.exposure, 0)
  * case h.kind when 'River' then 1.3 when 'Lake' then 1.1 when 'Reservoir' then 1.2 when 'Pond' then 1.2 when 'Canal' then 1.1
                when 'Well' then 0.7 when 'Pit' then 1.3 when 'Weir' then 1.3 else 1.0 end
  * case when h.depth_metres is null then 1.0 when h.depth_metres < 0.5 then 0.5 when h.depth_metres < 1.2 then 0.8
         when h.depth_metres < 2 then 1.0 when h.depth_metres < 4 then 1.2 else 1.3 end
  * case h.flow when 'Slow' then 1.1 when 'Fast' then 1.4 else 1.0 end
  * case h.bank when 'Gentle' then 0.9 when 'Steep' then 1.1 when 'Sheer' then 1.3 else 1.0 end
  * case h.access when 'Restricted' then 0.6 when 'Fenced' then 0.27 else 1.0 end
  * case when h.has_sign then 0.95 else 1.0 end * case when h.has_rope then 0.95 else 1.0 end
  * case when h.has_pole then 0.95 else 1.0 end * case when h.has_ring then 0.9 else 1.0 end
  * case when h.has_camera then 0.9 else 1.0 end end as expected,
  r.score
from register.hazards h join register.hazard_risks r on r.hazard_id = h.id left join exposures e on e.id = h.id
order by h.code
