-- Ends the sessions of readers that have kept one transaction open for longer than that, and returns how many: a session may lift
-- its own timeouts, and an old transaction keeps dead rows, and migrations, waiting.
-- On a borrowed server it ends none unless its owner may (pg_signal_backend, pg_read_all_stats).
create function register.end_overlong_reads(allowed interval) returns integer
language sql security definer set search_path = register, public, pg_temp as $$
  select count(*) filter (where pg_terminate_backend(pid))::integer
  from (select pid from pg_stat_activity
        where usename = 'hazardmap_reader' and datname = current_database() and xact_start < clock_timestamp() - allowed
        offset 0) overlong
$$;
