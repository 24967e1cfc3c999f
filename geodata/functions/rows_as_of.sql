-- The rows of a table as they were at a moment: hazards_as_of(moment) and so on, one for each table whose changes are recorded. They
-- start from the rows of today and take back what was changed since, so a moment costs what has changed after it, not all of history.
--
-- Each is one query that PostgreSQL puts into the question it stands in (a function in SQL, stable, one SELECT): what the question asks
-- of the key finds the row by its index. Columns are listed when the definitions are made, so a new one is there by itself.
-- What was changed while nothing was recorded (a column that a migration filled) shows its value of today.
do $generate$
declare
  recorded record;
begin
  for recorded in
    select t.name, t.entity, t.key, format_type(k.atttypid, null) as key_type,
           (select string_agg(case when a.attname = t.key then format('t.%I', a.attname)
                                   when a.attname = 'version' then 'p.version'
                                   when a.attname = 'updated_at' then 'p.updated_at'
                                   else format('r.%I', a.attname) end, ', ' order by a.attnum)
            from pg_attribute a where a.attrelid = k.attrelid and a.attnum > 0 and not a.attisdropped) as columns
    from (values ('divisions', 'Divisions', 'code'), ('hazards', 'Hazards', 'id'), ('facilities', 'Facilities', 'id'),
                 ('settlements', 'Settlements', 'id'), ('people', 'People', 'id'), ('responsibilities', 'Responsibilities', 'id'),
                 ('inspections', 'Inspections', 'id'), ('photos', 'Photos', 'id'), ('rectifications', 'Rectifications', 'id'),
                 ('incidents', 'Incidents', 'id')) t (name, entity, key)
    join pg_attribute k on k.attrelid = format('register.%I', t.name)::regclass and k.attname = t.key
  loop
    execute format($function$
create function register.%1$I(moment timestamptz) returns setof register.%2$I
language sql stable as $body$
  -- what nothing has happened to since
  select t.* from register.%2$I t
  where not exists (select from register.history h where h.entity = %3$L and h.entity_id = t.%4$I::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select %6$s
  from register.%2$I t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = %3$L and b.entity_id = t.%4$I::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = %3$L and h.entity_id = t.%4$I::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = %3$L and h.entity_id = t.%4$I::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select %7$s
  from register.history d
  cross join lateral (
    select d.entity_id::%5$s as %4$I,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = %3$L and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = %3$L and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.%2$I, d.fields || p.fields) r
  where d.entity = %3$L and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = %3$L and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$body$ $function$,
      recorded.name || '_as_of', recorded.name, recorded.entity, recorded.key, recorded.key_type, recorded.columns,
      replace(recorded.columns, format('t.%I', recorded.key), format('p.%I', recorded.key)));
    execute format('comment on function register.%I is %L', recorded.name || '_as_of', 'made by functions/rows_as_of.sql');
  end loop;
end $generate$;
