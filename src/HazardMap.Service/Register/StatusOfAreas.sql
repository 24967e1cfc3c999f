-- One row of JSON: what lies in the areas of the transaction (tiles.areas()), and where. Nothing about the register as a whole.
with
hazards as (
  select h.is_synthetic from unnest(tiles.areas()) a
  join register.hazards h on h.division_code ~>=~ a and h.division_code ~<~ register.end_of_area(a)),
facilities as (
  select f.is_synthetic from unnest(tiles.areas()) a
  join register.facilities f on f.division_code ~>=~ a and f.division_code ~<~ register.end_of_area(a)),
extent as (
  select st_extent(box::geometry) as box from (values (tiles.extent_of('hazards')), (tiles.extent_of('facilities'))) layers(box))
select jsonb_build_object(
  'counts', jsonb_build_object(
    'divisions', (select count(*) from register.divisions where tiles.is_within(code, tiles.areas())),
    'hazards', (select count(*) from hazards), 'facilities', (select count(*) from facilities),
    'roadEdges', (select count(*) from register.road_edges)),
  'synthetic', exists (select from hazards where is_synthetic) or exists (select from facilities where is_synthetic),
  'riskRule', (select rule from register.active_risk_rule),
  'riskQueue', jsonb_build_object('waiting', 0, 'oldestSeconds', 0),
  'extent', (select case when box is null then null else jsonb_build_array(st_xmin(box), st_ymin(box), st_xmax(box), st_ymax(box)) end
    from extent)
)::text
