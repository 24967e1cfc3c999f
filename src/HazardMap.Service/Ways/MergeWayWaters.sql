-- Makes the rows of some schools ($1) and of some waters ($2) what they are now ($3 to $11, a row each), touching only rows that change.
with
fresh as (
  select facility_id, hazard_id, division_code, ways, nearest_metres, metres, children, child_minutes, st_geomfromewkb(place) as geom
  from unnest($3::uuid[], $4::uuid[], $5::text[], $6::integer[], $7::double precision[], $8::double precision[], $9::double precision[],
              $10::double precision[], $11::bytea[])
       f (facility_id, hazard_id, division_code, ways, nearest_metres, metres, children, child_minutes, place)),
-- no longer beside a way
gone as (
  delete from register.way_waters w
  where (w.facility_id = any ($1) or w.hazard_id = any ($2))
    and not exists (select from fresh f where (f.facility_id, f.hazard_id) = (w.facility_id, w.hazard_id)))
insert into register.way_waters as w (facility_id, hazard_id, division_code, ways, nearest_metres, metres, children, child_minutes, geom)
select * from fresh
on conflict (facility_id, hazard_id) do update
set (division_code, ways, nearest_metres, metres, children, child_minutes, geom) =
    (excluded.division_code, excluded.ways, excluded.nearest_metres, excluded.metres, excluded.children,
      excluded.child_minutes, excluded.geom)
where (w.division_code, w.ways, w.nearest_metres, w.metres, w.children, w.child_minutes, st_asbinary(w.geom)) is distinct from
      (excluded.division_code, excluded.ways, excluded.nearest_metres, excluded.metres, excluded.children, excluded.child_minutes,
        st_asbinary(excluded.geom))
