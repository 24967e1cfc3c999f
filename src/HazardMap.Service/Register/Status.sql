-- One row of JSON: what the register holds, where, and when its risk was last computed.
with
-- what a first look asks for
counts as (
  select (select count(*) from register.divisions) as divisions,
         (select coalesce(sum(count), 0)::bigint from register.map_cells where layer = 'hazards') as hazards,
         (select coalesce(sum(count), 0)::bigint from register.map_cells where layer = 'facilities') as facilities,
         (select count(*) from register.road_edges) as road_edges),
-- where the map should open
extent as (
  select st_extent(box::geometry) as box from (values (tiles.extent_of('hazards')), (tiles.extent_of('facilities'))) layers(box)),
-- the newest full run
last_run as (
  select id, rule, started_at, started_by, hazards, facilities, pairs, changed,
         read_seconds, score_seconds, write_seconds, levels
  from register.risk_runs where state = 'Done' order by started_at desc limit 1)
select jsonb_build_object(
  'database', split_part(version(), ' ', 2),
  'postgis', postgis_lib_version(),
  'schemaVersion', (select max(name) from journal.scripts where name like 'schema/%'),
  'counts', jsonb_build_object('divisions', divisions, 'hazards', hazards, 'facilities', facilities, 'roadEdges', road_edges),
  'synthetic', exists (select from register.hazards where is_synthetic) or exists (select from register.facilities where is_synthetic),
  'lastRiskRun', (select jsonb_build_object(
      'id', id, 'rule', rule, 'startedAt', started_at, 'startedBy', started_by, 'hazards', hazards, 'facilities', facilities,
      'pairs', pairs, 'changed', changed, 'seconds',
      jsonb_build_object('read', read_seconds, 'score', score_seconds, 'write', write_seconds),
      'levels', levels) from last_run),
  'riskRule', (select rule from register.active_risk_rule),
  -- outgrown: a tenth of the waters came or went since, so that its levels are those of another register
  'riskScale', (select jsonb_build_object('madeAt', s.created_at, 'waters', s.waters, 'children', s.children_1_to_4 + s.children_5_to_14,
      'deathsPerYear', s.deaths_per_year, 'isAskedFor', s.is_asked_for, 'isOutgrown', abs(hazards - s.waters) > 0.1 * s.waters)
    from register.risk_scales s where s.rule = (select rule from register.active_risk_rule) order by s.created_at desc, s.id desc limit 1),
  'riskQueue', (select jsonb_build_object('waiting', count(*), 'oldestSeconds',
    coalesce(round(extract(epoch from clock_timestamp() - min(queued_at))::numeric, 3), 0)) from register.risk_queue),
  'ways', (select jsonb_build_object('computedAt', r.computed_at, 'ways', r.ways, 'waters', r.waters, 'caughtUpAt',
    (select caught_up_at from register.way_state),
      'waiting', (select count(*) from register.way_queue),
      'oldestSeconds', (select coalesce(round(extract(epoch from clock_timestamp() - min(queued_at))::numeric, 3), 0)
        from register.way_queue))
    from register.way_runs r order by computed_at desc limit 1),
  'extent', (select case when box is null then null else jsonb_build_array(st_xmin(box), st_ymin(box), st_xmax(box), st_ymax(box)) end
    from extent)
)::text
from counts
