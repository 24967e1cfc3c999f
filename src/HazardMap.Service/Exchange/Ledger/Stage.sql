-- executed by: LedgerHazardTests
-- The rows of a ledger, as the file has them; null: not stated. raw is the position in the file's own coordinates.
create temp table ledger (
  number integer primary key, code text, name text, kind text, division_code text, depth_metres double precision,
  flow text, bank text, access text, has_sign boolean, has_ring boolean, has_rope boolean, has_pole boolean, has_camera boolean,
  owner_unit text, status text, is_synthetic boolean, capacity integer, under5 integer, aged_5_to_14 integer, aged_60_plus integer, counts_estimated boolean,
  level text, parent_code text, population integer, children integer, elders integer, raw bytea, from_columns boolean,
  shape geometry(Geometry, 4326), outcome text
) on commit drop;

create temp table ledger_shapes (number integer primary key, shape bytea) on commit drop;
