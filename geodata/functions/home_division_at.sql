-- Whether a division is in force and nothing in force is below it.
create function register.is_lowest(division text) returns boolean
language sql stable parallel safe as $$
  select exists (
    select from register.divisions d
    where d.code = division and d.code <> '0000' and d.valid_from <= current_date and (d.valid_to is null or d.valid_to > current_date)
      and not exists (select from register.divisions c where c.parent_code = d.code
                        and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)))
$$;

-- Whether a division is part of another, at any depth.
create function register.is_part_of(division text, whole text) returns boolean
language sql stable parallel safe as $$
  with recursive up as (
    select code, parent_code from register.divisions where code = division
    union
    select d.code, d.parent_code from up join register.divisions d on d.code = up.parent_code)
  select exists (select from up where code = whole)
$$;

-- The lowest division that people at a place live in. held: the smallest that holds the place by its boundary (null: none does). Villages
-- are often known by a point alone: then it is the nearest of those without a boundary that are part of it; where no boundary holds the
-- place, the nearest within 10 km. Where there is none such it stays what holds it.
create function register.home_division_at(place geography, held text) returns text
language sql stable parallel safe as $$
  select case when register.is_lowest(held) then held else coalesce(
    (select d.code from register.divisions d
     where d.boundary is null and register.is_lowest(d.code)
       and case when held is null then st_dwithin(d.centre, place, 10000) else register.is_part_of(d.code, held) end
     order by d.centre <-> place, d.code limit 1), held) end
$$;
