-- Runs before the definitions are made anew: everything goes that is neither a table nor needed by one. So what stands in the
-- folders functions, triggers, views and tiles is what there is, and no older version of it stays behind.
--
-- Everything happens in one transaction: nobody sees the register without its triggers. The tables are locked first; the migrator
-- waits for each lock a tenth of a second at most (lock_timeout) and begins again, so that no edit is called off as a deadlock.
do $$
declare
  step text;
begin
  for step in
    with
    -- the schemas that are ours
    ours as (select oid from pg_namespace where nspname in ('register', 'account', 'odata', 'tiles')),
    triggers as (
      select t.tgname, t.tgrelid::regclass as relation
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not t.tgisinternal and c.relnamespace in (select oid from ours)),
    -- functions that no table needs for a default, a check or an index; a trigger's has gone with it, a view's with the view
    functions as (
      select p.oid from pg_proc p
      where p.pronamespace in (select oid from ours)
        and not exists (select from pg_depend d
                        where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid
                          and d.classid in ('pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_class'::regclass)))
    select sql from (
      select 1 as step_number,
             format('lock table %s in access exclusive mode', string_agg(relation::text, ', ' order by relation::text)) as sql
      from (select distinct relation from triggers) r having count(*) > 0
      union all
      select 2, format('drop trigger %I on %s', tgname, relation) from triggers
      union all
      select 3, format('drop view if exists %s cascade', oid::regclass) from pg_class
      where relkind = 'v' and relnamespace in (select oid from ours)
      union all
      -- what returns rows of a view has gone with it
      select 4, format('drop routine if exists %s', oid::regprocedure) from functions) steps
    order by step_number, sql
  loop
    execute step;
  end loop;
end $$;
