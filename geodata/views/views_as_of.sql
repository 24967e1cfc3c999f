-- Each set as it was at a moment, for $asof: odata.hazards_as_of(moment) and so on. It is the set's own view with its tables taken as of
-- then, so a column or a mask that is added to the view holds here too. A view that reads a table whose former rows are not known stays
-- out: its set answers 501, never a row of today as one of then.
do $generate$
declare
  known record;
  its_table record;
  body text;
  is_known boolean;
  former_path text := current_setting('search_path');
begin
  perform set_config('search_path', 'pg_catalog', true);   -- so that every name is written with its schema
  for known in select c.oid, c.relname as name from pg_class c where c.relnamespace = 'odata'::regnamespace and c.relkind = 'v'
               order by c.relname
  loop
    body := rtrim(pg_get_viewdef(known.oid), ';');
    is_known := true;
    for its_table in
      select distinct t.relname as name, case t.relnamespace when 'register'::regnamespace
        then to_regprocedure(format('register.%I(timestamptz)', t.relname || '_as_of')) end as as_of
      from pg_rewrite w join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
      join pg_class t on t.oid = d.refobjid and t.oid <> w.ev_class
      where w.ev_class = known.oid
    loop
      is_known := is_known and its_table.as_of is not null;
      -- with an alias of its own, and without
      body := regexp_replace(body, format('\mregister\.%s\M(?=\s+(?!join\M|left\M|where\M|order\M|on\M|cross\M)\w)', its_table.name),
                             format('register.%s_as_of($1)', its_table.name), 'gi');
      body := regexp_replace(body, format('\mregister\.%s\M', its_table.name),
                             format('register.%1$s_as_of($1) %1$s', its_table.name), 'gi');
    end loop;
    continue when not is_known;
    body := replace(body, 'register.field_today()', 'register.field_day($1)');
    execute format('create function odata.%I(moment timestamptz) returns setof odata.%I language sql stable as %L',
                   known.name || '_as_of', known.name, body);
    execute format('comment on function odata.%I is %L', known.name || '_as_of', 'made by views/views_as_of.sql');
  end loop;
  perform set_config('search_path', former_path, true);
end $generate$;
