-- Where children set out from to school: the children's homes of each lowest division, or its centre where it has none. Two
-- plain branches, so that a question for a neighbourhood is answered by the indexes on centre and location.
create view register.way_origins as
with
-- divisions in force that have no division in force below them
leaves as not materialized (
  select d.code, d.name, coalesce(d.children, 0)::double precision as children, d.centre
  from register.divisions d
  where d.code <> '0000' and d.valid_from <= current_date and (d.valid_to is null or d.valid_to > current_date)
    and not exists (select from register.divisions c
                    where c.parent_code = d.code and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)))
select 'ChildrensHome' as origin_kind, h.id::text as origin, h.name as origin_name, h.location,
       l.children / (select count(*) from register.facilities s
                     where s.kind = 'ChildrensHome' and s.status = 'Open' and s.division_code = l.code) as weight
from register.facilities h join leaves l on l.code = h.division_code
where h.kind = 'ChildrensHome' and h.status = 'Open'
union all
select 'Division', l.code, l.name, l.centre, l.children
from leaves l
where not exists (select from register.facilities h where h.kind = 'ChildrensHome' and h.status = 'Open' and h.division_code = l.code);
