-- More of the same country: whole copies of the sample side by side (9 to a row, 3 degrees apart; rows 2 degrees apart), so that the
-- clustering stays what it is. $1 = how many waters there shall be. Triggers are off: nobody's history is wanted here.
with
-- every water with its place in the sample
numbered as (
  select h.*, row_number() over (order by h.id) as place, count(*) over () as many from register.hazards h
),
-- the copies, the last of them cut to measure
copies as (
  select n.*, k from numbered n cross join generate_series(1, ($1 - 1) / 24900) k where k * n.many + n.place <= $1
)
insert into register.hazards (id, code, name, kind, shape, location, division_code, depth_metres, flow, bank, access, has_sign,
  has_ring, has_rope,
       has_pole, has_camera, owner_unit, status, last_inspected_at, is_synthetic, source)
select register.uuid_v7(), code || '-' || k, name, kind,
       st_translate(shape::geometry, -3 * (k % 9), 2 * (k / 9))::geography,
       st_translate(location::geometry, -3 * (k % 9), 2 * (k / 9))::geography,
       division_code, depth_metres, flow, bank, access, has_sign, has_ring, has_rope,
       has_pole, has_camera, owner_unit, status, last_inspected_at, is_synthetic, source
from copies order by k, place
