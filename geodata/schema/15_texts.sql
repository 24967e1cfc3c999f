-- What people write is made of characters that can be seen: a name of a tab is no name, and two codes that look alike are one. The
-- service has the same characters (HazardMap.OData, TextForm.cs); a test holds the two equal.

-- Something to be seen, on as many lines as wanted.
create function register.is_prose(value text) returns boolean
language sql immutable parallel safe as $$
  select value !~ '[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]'
     and value ~ ('[^\u0001-\u0020\u007F-\u00A0\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F'
                  '\u205F-\u206F\u2800\u3000\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\U000E0000-\U000E0FFF]')
$$;
-- The same on one line.
create function register.is_line(value text) returns boolean
language sql immutable parallel safe as $$
  select register.is_prose(value) and value !~ '[\u0009\u000A\u000D]'
$$;
-- One word, such as a code: all of it can be seen.
create function register.is_word(value text) returns boolean
language sql immutable parallel safe as $$
  select value <> '' and value !~
    ('[\u0001-\u0020\u007F-\u00A0\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F'
     '\u205F-\u206F\u2800\u3000\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\U000E0000-\U000E0FFF]')
$$;

-- What an older program let in: tabs and line breaks of a line become blanks, and where nothing is left to be seen the code stands for
-- the name. Blanks of a code become hyphens, what cannot be seen in it goes; where that is another row's code, the identifier is taken.
do $$
declare
  controls constant text := '[\u0001-\u0020\u007F-\u00A0\u2028-\u202F\u2066-\u2069\u3000]+';
  hidden constant text := '[\u0001-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F'
    '\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\U000E0000-\U000E0FFF]+';
  blanks constant text := '[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+';
  -- the lines that people write: what stands there when nothing can be seen
  line record;
  coded text;
begin
  foreach coded in array array['hazards', 'facilities'] loop
    execute format('
      update register.%1$I t set code = n.code
      from (select id, case when w.word = '''' or row_number() over (partition by w.word order by id) > 1
                              or exists (select from register.%1$I o where o.code = w.word) then ''code-'' || id else w.word end as code
            from register.%1$I c, regexp_replace(c.code, %2$L, '''', ''g'') v (seen),
                 btrim(regexp_replace(v.seen, %3$L, ''-'', ''g''), ''-'') w (word)
            where not register.is_word(c.code)) n
      where n.id = t.id', coded, hidden, blanks);
  end loop;
  -- A telephone number that is only cleaned is not entered anew.
  if exists (select from pg_trigger where tgrelid = 'register.people'::regclass and tgname = 'require_phone') then
    alter table register.people disable trigger require_phone;
  end if;
  for line in
    select * from (values
      ('register.hazards', 'name', 'code'), ('register.hazards', 'owner_unit', 'null'), ('register.facilities', 'name', 'code'),
      ('register.divisions', 'name', 'code'), ('register.people', 'name', '''（无姓名）'''), ('register.people', 'phone', 'null'),
      ('register.people', 'unit', 'null'), ('register.people', 'post', 'null'), ('register.coverage_runs', 'name', 'null'),
      ('account.accounts', 'display_name', 'user_name')) l (its_table, name, otherwise)
  loop
    execute format('update %1$s t set %2$I = case when register.is_line(n.line) then n.line else %3$s end
                    from (select ctid, btrim(regexp_replace(%2$I, %4$L, '' '', ''g'')) as line from %1$s
                          where not register.is_line(%2$I)) n
                    where n.ctid = t.ctid', line.its_table, line.name, line.otherwise, controls);
  end loop;
  if exists (select from pg_trigger where tgrelid = 'register.people'::regclass and tgname = 'require_phone') then
    alter table register.people enable trigger require_phone;
  end if;
  update register.inspections t set notes = case when register.is_prose(n.seen) then n.seen end
  from (select id, regexp_replace(notes, hidden, '', 'g') as seen from register.inspections where not register.is_prose(notes)) n
  where n.id = t.id;
  update register.rectifications t set description = case when register.is_prose(n.seen) then n.seen else '（无描述）' end
  from (select id, regexp_replace(description, hidden, '', 'g') as seen from register.rectifications
        where not register.is_prose(description)) n
  where n.id = t.id;
  update account.accounts set user_name = 'user-' || id where not register.is_word(user_name);
  set constraints all immediate;   -- no trigger of a table may be waiting when it is altered
end $$;

alter table register.divisions add constraint divisions_name_line check (register.is_line(name));
alter table register.hazards
  add constraint hazards_code_word check (register.is_word(code)),
  add constraint hazards_name_line check (register.is_line(name)),
  add constraint hazards_owner_unit_line check (register.is_line(owner_unit));
alter table register.facilities
  add constraint facilities_code_word check (register.is_word(code)),
  add constraint facilities_name_line check (register.is_line(name));
alter table register.people
  add constraint people_name_line check (register.is_line(name)),
  add constraint people_phone_line check (register.is_line(phone)),
  add constraint people_unit_line check (register.is_line(unit)),
  add constraint people_post_line check (register.is_line(post));
alter table register.inspections add constraint inspections_notes_prose check (register.is_prose(notes));
alter table register.rectifications add constraint rectifications_description_prose check (register.is_prose(description));
alter table register.coverage_runs add constraint coverage_runs_name_line check (register.is_line(name));
alter table account.accounts
  add constraint accounts_user_name_word check (register.is_word(user_name)),
  add constraint accounts_display_name_line check (register.is_line(display_name));
