-- Whether a division is in force and nothing in force is below it.
create function register.is_lowest(division text) returns boolean
language sql stable parallel safe as $$
  select exists (
    select from register.divisions d
    where d.code = division and d.code <> '0000' and d.valid_from <= current_date and (d.valid_to is null or d.valid_to > current_date)
      and not exists (select from register.divisions c where c.parent_code = d.code
                        and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)))
$$;

-- The lowest division that people at a place live in. held: the smallest that holds the place by its boundary (null: none does). Villages
-- are often known by a point alone: then it is the nearest of those without a boundary that are part of it, within 25 km; where no boundary
-- holds the place, the nearest within 10 km. Where there is none such it stays what holds it. Asked of every home of an import: villages
-- near by are found by the index, and of those the nearest is looked at first.
create function register.home_division_at(place geography, held text) returns text
language sql stable parallel safe as $$
  select case when register.is_lowest(held) then held else coalesce(
    (select n.code
     from (select d.code from register.divisions d
           where d.boundary is null and (held is null or starts_with(d.code, held))
             and st_dwithin(d.centre, place, case when held is null then 10000 else 25000 end)
           order by st_distance(d.centre, place), d.code offset 0) n
     where register.is_lowest(n.code) limit 1), held) end
$$;
