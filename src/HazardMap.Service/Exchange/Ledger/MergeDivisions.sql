-- executed by: LedgerDivisionTests
-- An area is the boundary; its centre is a point on it. A division without any position takes its parent's centre.
create temp table ledger_divisions on commit drop as
with recursive placed as (
  select l.number, l.code, l.parent_code,
         case when geometrytype(l.shape) <> 'POINT' then st_multi(l.shape) end as boundary,
         case when geometrytype(l.shape) = 'POINT' then l.shape when l.shape is not null then st_pointonsurface(l.shape) end as centre
  from ledger l),
-- centres come down from the nearest ancestor, in the ledger or in the register, that has one
centred as (
  select p.number, p.code, p.boundary, coalesce(p.centre, d.centre::geometry, u.centre::geometry) as centre, p.centre is not null as own_centre
  from placed p
  left join register.divisions d on d.code = p.code
  left join lateral (
    select a.centre from (
      select x.code, x.centre::geometry as centre from register.divisions x where starts_with(p.code, x.code) and x.code <> p.code
      union all select x.code, x.centre from placed x where starts_with(p.code, x.code) and x.code <> p.code and x.centre is not null) a
    order by length(a.code) desc limit 1) u on true)
select * from centred;

update ledger s set outcome =
  case when d.code is null then 'inserted'
       when (d.name, d.level, d.parent_code, d.population, d.children, d.elders)
            is distinct from
            (coalesce(l.name, d.name), coalesce(l.level, d.level), coalesce(p.code, d.parent_code), coalesce(l.population, d.population),
             coalesce(l.children, d.children), coalesce(l.elders, d.elders)) then 'updated'
       when c.boundary is not null and (d.boundary is null or not register.is_same_shape(d.boundary::geometry, c.boundary, current_setting('hazardmap.same_metres')::float8)) then 'moved'
       when c.own_centre and c.boundary is null and not register.is_same_shape(d.centre::geometry, c.centre, current_setting('hazardmap.same_metres')::float8) then 'moved'
       else 'unchanged' end
from ledger l join ledger_divisions c using (number)
left join register.divisions d on d.code = l.code
left join register.divisions p on p.code = l.parent_code
where l.number = s.number;

insert into register.divisions (code, name, level, parent_code, boundary, centre, population, children, elders, is_synthetic, source)
select l.code, l.name, l.level, l.parent_code, c.boundary::geography, c.centre::geography, l.population, l.children, l.elders, coalesce(l.is_synthetic, false), current_setting('hazardmap.source')
from ledger l join ledger_divisions c using (number) where l.outcome = 'inserted' order by length(l.code), l.number;

update register.divisions d
set name = coalesce(l.name, d.name), level = coalesce(l.level, d.level), parent_code = coalesce(l.parent_code, d.parent_code),
    population = coalesce(l.population, d.population), children = coalesce(l.children, d.children), elders = coalesce(l.elders, d.elders),
    boundary = coalesce(c.boundary::geography, d.boundary), centre = case when c.own_centre then c.centre::geography else d.centre end
from ledger l join ledger_divisions c using (number) where l.code = d.code and l.outcome in ('updated', 'moved');
