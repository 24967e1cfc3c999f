-- Makes the ways of some schools ($1) what they are now ($2 to $11, a row each), touching only rows that change; tells whose changed.
with
fresh as (
  select facility_id, origin_kind, origin, origin_name, division_code, children, door_metres, path_metres, gate_metres,
         st_geomfromewkb(path) as geom
  from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::double precision[], $8::double precision[],
    $9::double precision[],
              $10::double precision[], $11::bytea[])
       f (facility_id, origin_kind, origin, origin_name, division_code, children, door_metres, path_metres, gate_metres, path)),
-- ways that nobody walks any more
gone as (
  delete from register.ways w
  where w.facility_id = any ($1)
    and not exists (select from fresh f where (f.facility_id, f.origin_kind, f.origin) = (w.facility_id, w.origin_kind, w.origin))
  returning w.facility_id),
-- new ones, and those that are not what they were
put as (
  insert into register.ways as w (facility_id, origin_kind, origin, origin_name, division_code, children, door_metres, path_metres,
    gate_metres, geom)
  select * from fresh
  on conflict (facility_id, origin_kind, origin) do update
  set (origin_name, division_code, children, door_metres, path_metres, gate_metres, geom) =
      (excluded.origin_name, excluded.division_code, excluded.children, excluded.door_metres, excluded.path_metres,
        excluded.gate_metres, excluded.geom)
  where (w.origin_name, w.division_code, w.children, w.door_metres, w.path_metres, w.gate_metres, st_asbinary(w.geom)) is distinct from
        (excluded.origin_name, excluded.division_code, excluded.children, excluded.door_metres, excluded.path_metres, excluded.gate_metres,
          st_asbinary(excluded.geom))
  returning w.facility_id)
select facility_id from gone union select facility_id from put
