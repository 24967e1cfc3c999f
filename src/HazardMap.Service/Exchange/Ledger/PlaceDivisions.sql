-- executed by: LedgerDivisionTests
-- An area is the boundary; its centre is a point on it. A division without any position takes its parent's centre.
create temp table ledger_placed on commit drop as
with placed as (
  select l.number, l.code, l.parent_code,
         case when geometrytype(l.shape) <> 'POINT' then st_multi(l.shape) end as boundary,
         case when geometrytype(l.shape) = 'POINT' then l.shape when l.shape is not null then st_pointonsurface(l.shape) end as centre
  from ledger l),
-- centres come down from the nearest ancestor, in the ledger or in the register, that has one
centred as (
  select p.number, p.boundary, coalesce(p.centre, d.centre::geometry, u.centre::geometry) as centre, p.centre is not null as own_centre
  from placed p
  left join register.divisions d on d.code = p.code
  left join lateral (
    select a.centre from (
      select x.code, x.centre::geometry as centre from register.divisions x where starts_with(p.code, x.code) and x.code <> p.code
      union all
      select x.code, x.centre from placed x where starts_with(p.code, x.code) and x.code <> p.code and x.centre is not null) a
    order by length(a.code) desc limit 1) u on true)
select * from centred
