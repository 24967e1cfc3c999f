-- Every day and every moment that is kept lies in the calendar that clients have, the years 1 to 9999: infinity and years beyond it
-- have no year to count, no difference to anything and no JSON, so one such row would break the questions of everybody.

create function register.is_in_calendar(day date) returns boolean
language sql immutable parallel safe as $$
  select day >= '0001-01-01' and day <= '9999-12-31'
$$;
create function register.is_in_calendar(moment timestamptz) returns boolean
language sql immutable parallel safe as $$
  select moment >= '0001-01-01 00:00:00+00' and moment < '10000-01-01 00:00:00+00'
$$;

-- What lies outside becomes the calendar's end on its side: 9999-12-31, when somebody had sent it as an open end, was kept as infinity.
do $$
declare
  -- columns of time of all tables, each with the calendar's ends in its type
  column_of_time record;
  lies_outside boolean;
begin
  for column_of_time in
    select a.attrelid::regclass as its_table, c.relname as table_name, a.attname as name,
           case when a.atttypid = 'date'::regtype then '0001-01-01' else '0001-01-01 00:00:00+00' end as first,
           case when a.atttypid = 'date'::regtype then '9999-12-31' else '9999-12-31 23:59:59.999999+00' end as last,
           a.attname in ('created_at', 'updated_at')
             and exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'stamp_version') as is_stamped
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relkind = 'r' and c.relnamespace in ('register'::regnamespace, 'account'::regnamespace, 'journal'::regnamespace)
      and a.atttypid in ('date'::regtype, 'timestamptz'::regtype) and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum
  loop
    execute format('select exists (select from %s where not register.is_in_calendar(%I))', column_of_time.its_table, column_of_time.name)
      into lies_outside;
    if lies_outside then
      -- The stamps of a row are the trigger's: it would put them back.
      if column_of_time.is_stamped then
        execute format('alter table %s disable trigger stamp_version', column_of_time.its_table);
      end if;
      execute format('update %1$s set %2$I = least(greatest(%2$I, %3$L), %4$L) where not register.is_in_calendar(%2$I)',
        column_of_time.its_table, column_of_time.name, column_of_time.first, column_of_time.last);
      if column_of_time.is_stamped then
        execute format('alter table %s enable trigger stamp_version', column_of_time.its_table);
      end if;
      set constraints all immediate;   -- no trigger of the table may be waiting when it is altered
    end if;
    execute format('alter table %s add constraint %I check (register.is_in_calendar(%I))',
      column_of_time.its_table, column_of_time.table_name || '_' || column_of_time.name || '_calendar', column_of_time.name);
  end loop;
end $$;
