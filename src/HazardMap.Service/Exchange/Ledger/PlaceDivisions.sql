-- executed by: LedgerDivisionTests
-- An area is the boundary; its centre is a point on it. A division without any position takes its parent's centre.
create temp table ledger_placed on commit drop as
with placed as (
  select l.number, l.code, l.parent_code,
         case when geometrytype(l.shape) <> 'POINT' then st_multi(st_collectionextract(l.shape, 3)) end as boundary,
         -- an area may have its seat beside it
         case geometrytype(l.shape) when 'POINT' then l.shape
           when 'GEOMETRYCOLLECTION' then st_geometryn(st_collectionextract(l.shape, 1), 1) end as stated
  from ledger l),
-- centres come down from the nearest ancestor, in the ledger or in the register, that has one
centred as (
  select p.number, p.boundary, coalesce(p.stated, st_pointonsurface(p.boundary), d.centre::geometry, u.centre::geometry) as centre,
         p.stated is not null as has_stated
  from placed p
  left join register.divisions d on d.code = p.code
  left join lateral (
    select a.centre from (
      select x.code, x.centre::geometry as centre from register.divisions x where starts_with(p.code, x.code) and x.code <> p.code
      union all
      select x.code, coalesce(x.stated, st_pointonsurface(x.boundary)) from placed x
      where starts_with(p.code, x.code) and x.code <> p.code and coalesce(x.stated, x.boundary) is not null) a
    order by length(a.code) desc limit 1) u on true)
select * from centred
