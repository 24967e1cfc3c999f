-- The eldest photo of another water that is the same picture: the same bytes, or so alike that no second visit could have made it.
-- 24 of 256 marks: a picture that was packed again or made smaller differs by a few, another one of the same pond by half of them.
create function register.set_duplicate_of() returns trigger
language plpgsql as $$
begin
  new.duplicate_of_id := (
    select p.id
    from (select id from register.photos where sha256 = new.sha256
          union
          select id from register.photos
          where print is not null and register.print_parts(print) && register.print_parts(new.print)
            and bit_count(('x' || print)::bit(256) # ('x' || new.print)::bit(256)) <= 24) alike
    join register.photos p using (id) join register.inspections i on i.id = p.inspection_id
    where p.id <> new.id and i.hazard_id <> (select hazard_id from register.inspections where id = new.inspection_id)
    order by p.created_at, p.id limit 1);
  return new;
end $$;

-- What belongs to a photo and may be there before it goes with it.
create function register.drop_contents_of_photos() returns trigger
language plpgsql as $$
begin
  delete from register.photo_contents c using deleted d where c.photo_id = d.id;
  delete from register.photo_origins o using deleted d where o.photo_id = d.id;
  return null;
end $$;
