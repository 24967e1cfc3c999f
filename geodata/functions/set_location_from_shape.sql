-- Location is the point of the shape nearest to the shape's centroid; a point may be moved by its location, and a new water may
-- come as a location alone. What a refusal says in Chinese is its hint.
create function register.set_location_from_shape() returns trigger
language plpgsql as $$
begin
  -- Kept as it is sent out, so that a shape that was read and comes back is no change.
  if geometrytype(new.shape) in ('POLYGON', 'MULTIPOLYGON') then
    new.shape := st_forcepolygonccw(new.shape::geometry)::geography;
  end if;
  if tg_op = 'INSERT' and new.shape is null then
    new.shape := new.location;
  elsif tg_op = 'UPDATE' and new.shape = old.shape and new.location is distinct from old.location then
    if geometrytype(old.shape) <> 'POINT' then
      raise exception 'Location follows Shape: change Shape'
        using errcode = 'check_violation', column = 'location', hint = '位置由形状决定：请修改 Shape（形状）';
    end if;
    new.shape := new.location;
  elsif tg_op = 'INSERT' or new.shape is distinct from old.shape then
    new.location := st_closestpoint(new.shape::geometry, st_centroid(new.shape::geometry))::geography;
  end if;
  return new;
end $$;
