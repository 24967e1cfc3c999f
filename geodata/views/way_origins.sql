-- Where children set out from to school, the finest that is known of each lowest division: its settlements (buildings, else
-- places), else its children's homes, else its centre. Plain branches, so that a question for a neighbourhood is answered by the
-- indexes on location and centre. Shares are the same bit for bit, whichever way they are summed: therefore numeric.
create view register.way_origins as
with
-- divisions in force that have no division in force below them
leaves as not materialized (
  select d.code, d.name, coalesce(d.children, 0)::double precision as children, d.centre
  from register.divisions d
  where d.code <> '0000' and d.valid_from <= current_date and (d.valid_to is null or d.valid_to > current_date)
    and not exists (select from register.divisions c
                    where c.parent_code = d.code and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)))
select 'Settlement' as origin_kind, s.id::text as origin, coalesce(s.name, l.name) as origin_name, s.location,
       l.children * case when best.weight > 0 then s.weight / best.weight else 1.0 / best.count end as weight
from leaves l
-- the finest kind that the division has; where nobody lives anywhere, they live everywhere alike
cross join lateral (
  select b.kind, sum(b.weight::numeric)::double precision as weight, count(*)::double precision as count
  from register.settlements b where b.division_code = l.code
  group by b.kind order by b.kind = 'Building' desc limit 1) best
join register.settlements s on s.division_code = l.code and s.kind = best.kind
union all
select 'ChildrensHome', h.id::text, h.name, h.location,
       l.children / (select count(*) from register.facilities s
                     where s.kind = 'ChildrensHome' and s.status = 'Open' and s.division_code = l.code)
from register.facilities h join leaves l on l.code = h.division_code
where h.kind = 'ChildrensHome' and h.status = 'Open'
  and not exists (select from register.settlements s where s.division_code = l.code)
union all
select 'Division', l.code, l.name, l.centre, l.children
from leaves l
where not exists (select from register.settlements s where s.division_code = l.code)
  and not exists (select from register.facilities h where h.kind = 'ChildrensHome' and h.status = 'Open' and h.division_code = l.code);
