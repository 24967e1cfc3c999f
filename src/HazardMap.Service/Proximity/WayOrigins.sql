-- Where children set out from: the children's homes of each lowest division, or its centre where it has none.
with
leaves as (
  select d.code, d.name, coalesce(d.children, 0)::double precision as children, d.centre
  from register.divisions d
  where d.code <> '0000' and d.valid_from <= current_date and (d.valid_to is null or d.valid_to > current_date)
    and not exists (select from register.divisions c
                    where c.parent_code = d.code and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date))),
homes as (
  select f.id, f.name, f.location, f.division_code from register.facilities f where f.kind = 'ChildrensHome' and f.status = 'Open')
select 'ChildrensHome', h.id::text, h.name, h.location, l.children / count(*) over (partition by l.code) as weight
from homes h join leaves l on l.code = h.division_code
union all
select 'Division', l.code, l.name, l.centre, l.children
from leaves l where not exists (select from homes h where h.division_code = l.code)
order by 1, 2
