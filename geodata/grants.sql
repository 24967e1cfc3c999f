-- Least privilege. hazardmap_service runs the API; hazardmap_reader is for people with psql. Both exist where the
-- migrating role may create roles, or where an administrator made them (./hazardmap migrate --print-grants); else the connection's own
-- role does everything. What their sessions begin with is set by RegisterRoles.cs, which looks before it alters.
-- Runs last, when every function and view exists, and anew with each new definition: what a former text gave goes.
--
-- Nobody has anything because he is anybody (PUBLIC): PostgreSQL lets everybody execute a new function, and one that is
-- security definer would write for a role that may only read. Rights on the database itself: database.sql.
revoke all on schema register, account, odata, tiles, journal from public;
revoke all on all tables in schema register, account, odata, tiles, journal from public;
revoke execute on all routines in schema register, account, odata, tiles, journal from public;
do $$
declare
  extensions text;
begin
  if exists (select from pg_namespace where nspname = 'public') then revoke create on schema public from public; end if;
  -- Routines that somebody makes later by hand, too. What extensions bring is for everybody, also what their upgrades bring.
  alter default privileges revoke execute on routines from public;
  for extensions in select distinct nspname from pg_extension join pg_namespace n on n.oid = extnamespace where nspname <> 'pg_catalog'
  loop
    execute format('alter default privileges in schema %I grant execute on routines to public', extensions);
  end loop;
end $$;

do $$
begin
  if exists (select from pg_roles where rolname = 'hazardmap_service') then
    revoke all on all tables in schema register, account, odata, tiles, journal from hazardmap_service;
    grant usage on schema register, account, odata, tiles, journal to hazardmap_service;
    grant select on journal.scripts to hazardmap_service;
    grant select, insert, update, delete on all tables in schema register, account to hazardmap_service;
    revoke insert, update, delete, truncate
      on register.history, register.words, register.rectification_steps, account.audit_head from hazardmap_service;
    revoke update, delete, truncate on account.audit_entries from hazardmap_service;   -- it is written, and never written over
    grant select on all tables in schema odata to hazardmap_service;
    grant execute on all routines in schema register, odata, tiles to hazardmap_service;
  end if;
end $$;

-- The reader sees what is listed here, and nothing that is made later by itself. Personal data stay closed: people (odata.people and
-- change_log are masked), the raw history, pictures and where they were taken, uploads, where an inspector stood, who is logged in where,
-- and the audit.
do $$
declare
  columns text;
begin
  if not exists (select from pg_roles where rolname = 'hazardmap_reader') then return; end if;
  revoke all on all tables in schema register, account, odata, tiles, journal from hazardmap_reader;
  revoke all on all routines in schema register, account, odata, tiles, journal from hazardmap_reader;
  grant usage on schema register, odata, tiles, journal to hazardmap_reader;
  grant select on journal.scripts to hazardmap_reader;
  grant select on all tables in schema odata to hazardmap_reader;   -- what the API serves, which masks
  revoke select on odata.devices, odata.audit_entries from hazardmap_reader;   -- whoever may use psql does not thereby watch people
  grant select on
    register.words, register.divisions, register.hazards, register.facilities, register.settlements, register.responsibilities,
    register.rectifications, register.rectification_steps, register.rectification_numbers,
    register.notifications, register.sightings,
    register.field_rhythm, register.visit_rhythm, register.deadline_rhythm, register.climb_rhythm,
    register.incidents, register.hazard_incidents, register.photos, register.change_log,
    register.risk_rules, register.active_risk_rule, register.hazard_risks, register.hazard_reaches, register.risk_level_changes,
    register.risk_runs, register.risk_queue, register.risk_scales, register.risk_origins, register.school_calendars, register.risk_day,
    register.road_edges, register.road_revision, register.walk_edges, register.drive_edges,
    register.ways, register.way_waters, register.way_origins, register.way_runs, register.way_queue, register.way_state,
    register.coverage_runs, register.coverage_results, register.coverage_bands, register.catchment_areas,
    register.map_cells, register.map_changes, register.moved_waters, register.outbox, register.event_order, register.event_state,
    register.land, register.places, register.rivers, register.imports, register.osm_origins
    to hazardmap_reader;
  select string_agg(quote_ident(attname), ', ') into columns from pg_attribute
  where attrelid = 'register.inspections'::regclass and attnum > 0 and not attisdropped and attname <> 'position';
  execute format('grant select (%s) on register.inspections to hazardmap_reader', columns);
  -- What views call is executed by who asks them; layers are drawn with their reader's rights.
  grant execute on function
    register.former(register.history, text), register.former_division(register.history), register.masked_phone(text),
    register.is_school(text), register.actor(), register.is_in_force(text), register.is_same_shape(geometry, geometry, double precision),
    register.end_of_area(text),
    register.world_across(geography), register.world_down(geography), register.level_bounds(), register.normal(double precision),
    register.is_in_season(date, integer, integer), register.minute_of_day(timestamp),
    register.next_steps(text), register.field_today(), register.field_day(timestamptz),
    register.visit_due(timestamptz, text, integer, integer, integer, integer, integer, integer, integer, integer),
    register.other_level(text, double precision, double precision, double precision, double precision, double precision[])
    to hazardmap_reader;
  grant execute on all functions in schema tiles to hazardmap_reader;
end $$;

-- What PostgreSQL lets everybody do although it leaves something behind, or keeps others from their work: the locks by which runs
-- and imports take turns, large objects, the log of changes, announcements, and transactions with a number, which hold back whoever
-- follows the order of commits. Only a superuser may take that away, as on the private server.
do $$
declare
  routine record;
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then return; end if;
  for routine in
    select oid::regprocedure as name, proname !~ '^lo' as is_needed from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace
      and (proname ~ '^pg_(try_)?advisory_(xact_)?lock(_shared)?$'
           or proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lo_truncate', 'lo_truncate64', 'lowrite',
                          'pg_logical_emit_message', 'pg_notify', 'pg_current_xact_id', 'txid_current'))
  loop
    execute format('revoke execute on function %s from public', routine.name);
    if routine.is_needed and exists (select from pg_roles where rolname = 'hazardmap_service') then
      execute format('grant execute on function %s to hazardmap_service', routine.name);
    end if;
  end loop;
end $$;
