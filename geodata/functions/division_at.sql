-- The smallest division in force whose boundary holds a place; null: none does.
create function register.division_at(place geography) returns text
language sql stable parallel safe as $$
  select code from register.divisions
  where st_covers(boundary::geometry, place::geometry)
    and valid_from <= current_date and (valid_to is null or valid_to > current_date)
  order by st_area(boundary::geometry), code limit 1
$$;
