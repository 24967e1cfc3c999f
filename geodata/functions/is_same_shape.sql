-- Whether two shapes are the same but for the noise of transforming coordinates there and back.
create function register.is_same_shape(a geometry, b geometry, metres double precision) returns boolean
language sql immutable parallel safe as $$
  select case when geometrytype(a) <> geometrytype(b) or st_npoints(a) <> st_npoints(b) then false
              when geometrytype(a) = 'POINT' then st_dwithin(a::geography, b::geography, metres)
              else st_hausdorffdistance(a, b) * 111195 <= metres end
$$;
