-- Divisions in force, as far as they say where children live; which are the lowest is told by who names them as parent. How large one is
-- matters only where nobody knows where people live in it, and takes long to find out.
select d.code, d.name, d.parent_code, st_x(d.centre::geometry), st_y(d.centre::geometry),
       case when d.boundary is not null and not exists (select from register.settlements s where s.division_code = d.code)
            then st_area(d.boundary) / 1e6 end, d.children, d.population, d.aged_1_to_4, d.aged_5_to_14,
       case d.residence when 'Town' then true when 'Village' then false end
from register.divisions d
where d.code <> '0000' and d.valid_from <= current_date and (d.valid_to is null or d.valid_to > current_date)
order by d.code
