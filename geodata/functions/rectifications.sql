-- The closed loop of defects: found, assigned, put right, verified by somebody else, closed; reopened where it was not put right.

-- What may be done next to a defect in that state: the names of the API's actions. The law of the loop is told here and nowhere else.
create function register.next_steps(state text) returns text
language sql immutable parallel safe as $$
  select case state
    when 'Found' then 'Assign' when 'Assigned' then 'Complete' when 'Done' then 'Verify,Reopen' when 'Verified' then 'Close,Reopen'
    when 'Closed' then 'Reopen' when 'Reopened' then 'Assign' end
$$;

-- The state that a step leads to.
create function register.state_after(step text) returns text
language sql immutable parallel safe as $$
  select case step
    when 'Assign' then 'Assigned' when 'Complete' then 'Done' when 'Verify' then 'Verified' when 'Close' then 'Closed'
    when 'Reopen' then 'Reopened' end
$$;

-- Levels from above, 1 to 4.
create function register.level_place(level text) returns integer
language sql immutable parallel safe as $$ select array_position('{Prefecture,County,Township,Village}'::text[], level) $$;

-- Whether a person stands below another in the same chain: in his division or one below it, at a lower level.
create function register.is_subordinate(person uuid, superior uuid) returns boolean
language sql stable parallel safe as $$
  select exists (
    select from register.people p join register.divisions pd on pd.code = p.division_code
    cross join register.people s join register.divisions sd on sd.code = s.division_code
    where p.id = person and s.id = superior and p.division_code ~>=~ s.division_code
      and p.division_code ~<~ register.end_of_area(s.division_code)
      and register.level_place(coalesce(p.level, pd.level)) > register.level_place(coalesce(s.level, sd.level)))
$$;

-- The division of a level that holds a division; null: none does.
create function register.division_above(code text, level text) returns text
language sql stable parallel safe as $$
  select d.code from register.divisions d
  where d.level = division_above.level and starts_with(division_above.code, d.code) order by length(d.code) desc limit 1
$$;

-- The day of a moment where the register is; today there.
create function register.field_day(moment timestamptz) returns date
language sql stable parallel safe as $$
  select (moment at time zone coalesce((select time_zone from register.field_rhythm), 'UTC'))::date
$$;
create function register.field_today() returns date
language sql stable parallel safe as $$ select register.field_day(now()) $$;

-- Days that a defect of that severity may take.
create function register.deadline_days(severity text) returns integer
language sql stable parallel safe as $$
  select coalesce((select days from register.deadline_rhythm d where d.severity = coalesce(deadline_days.severity, 'Minor')), 30)
$$;

-- The next number of a county and a year (销号): 532621-2026-0001. Whoever closes at the same time waits: none is left out.
create function register.next_number(division_code text) returns text
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  county constant text := coalesce(division_above(division_code, 'County'), division_code);
  of_year constant integer := extract(year from field_today());
  given integer;
begin
  insert into rectification_numbers as n (county_code, year, last_number) values (county, of_year, 1)
  on conflict (county_code, year) do update set last_number = n.last_number + 1 returning last_number into given;
  return format('%s-%s-%s', county, of_year, lpad(given::text, greatest(4, length(given::text)), '0'));
end $$;

-- What is called so for people, in Chinese.
create function register.word_zh(of_enumeration text, of_member text) returns text
language sql stable parallel safe as $$
  select coalesce((select zh from register.words where enumeration = of_enumeration and member = of_member), of_member)
$$;

-- Before insert and update: the law.
create function register.settle_rectification() returns trigger
language plpgsql as $$
declare
  -- what an action says it is: a step that leads nowhere new is judged too
  asked constant text := nullif(current_setting('hazardmap.step', true), '');
  is_step constant boolean := tg_op = 'INSERT' or new.state <> old.state or asked is not null;
begin
  if asked is not null then perform set_config('hazardmap.step', '', true); end if;
  if tg_op = 'INSERT' then
    new.due_on := coalesce(new.due_on, register.field_day(new.found_at) + register.deadline_days(new.severity));
  elsif is_step then
    if not exists (select from unnest(string_to_array(register.next_steps(old.state), ',')) s (step)
                   where register.state_after(s.step) = new.state) then
      raise exception 'A rectification that is % cannot become %: what may be done now is %', old.state, new.state,
          register.next_steps(old.state)
        using errcode = 'check_violation', schema = 'register', table = 'rectifications', column = 'state',
          hint = format('“%s”的整改不能直接变为“%s”，当前可执行的操作：%s',
                        register.word_zh('RectificationState', old.state),
                        register.word_zh('RectificationState', new.state), register.next_steps(old.state));
    end if;
    if new.state = 'Reopened' then                   -- another round begins; who did what stands in its steps
      new.done_by_id := null; new.verified_by_id := null; new.after_photo_id := null;
      new.escalated_to := null; new.due_on := null;
    elsif new.state = 'Assigned' then
      new.due_on := coalesce(new.due_on, register.field_today() + register.deadline_days(new.severity));
    end if;
  else
    if (new.done_by_id, new.verified_by_id) is distinct from (old.done_by_id, old.verified_by_id) then
      raise exception 'Who put it right and who verified it are stated by Complete and Verify'
        using errcode = 'check_violation', schema = 'register', table = 'rectifications', column = 'done_by_id',
          hint = '整改人和复核人须通过 Complete、Verify 操作填写';
    elsif new.assigned_to_id is distinct from old.assigned_to_id and (old.state <> 'Assigned' or new.assigned_to_id is null) then
      raise exception 'Only what is Assigned can be given to somebody else, before that Assign it'
        using errcode = 'check_violation', schema = 'register', table = 'rectifications', column = 'assigned_to_id',
          hint = '只有“交办”状态的整改可以改派；此前请使用 Assign 操作';
    end if;
  end if;
  if is_step and new.state = 'Assigned' and new.assigned_to_id is null then
    raise exception 'Assign needs AssignedToId: who puts it right'
      using errcode = 'check_violation', schema = 'register', table = 'rectifications', column = 'assigned_to_id',
        hint = '交办（Assign）须填写整改责任人（AssignedToId）';
  elsif is_step and new.state in ('Done', 'Verified', 'Closed') and new.done_by_id is null then
    raise exception 'Complete needs DoneById: who put it right'
      using errcode = 'check_violation', schema = 'register', table = 'rectifications', column = 'done_by_id',
        hint = '整改完成（Complete）须填写整改人（DoneById）';
  elsif is_step and new.state in ('Verified', 'Closed') and new.verified_by_id is null then
    raise exception 'Verify needs VerifiedById: who verified it'
      using errcode = 'check_violation', schema = 'register', table = 'rectifications', column = 'verified_by_id',
        hint = '复核（Verify）须填写复核人（VerifiedById）';
  elsif is_step and new.verified_by_id is not null and register.is_subordinate(new.verified_by_id, new.done_by_id) then
    raise exception 'Who verified it stands below who put it right: name somebody who does not'
      using errcode = 'check_violation', schema = 'register', table = 'rectifications', column = 'verified_by_id',
        hint = '复核人是整改人的下级：请由非下级人员复核';
  end if;
  if tg_op = 'UPDATE' then new.number := old.number; end if;
  -- Closed again it keeps its number.
  if new.state = 'Closed' and new.number is null then new.number := register.next_number(new.division_code); end if;
  return new;
end $$;

-- After it: the step is written down, and who is to act is told. Only this writes steps.
create function register.record_step() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and new.state = old.state then return null; end if;
  insert into rectification_steps (rectification_id, division_code, from_state, to_state, person_id, note)
  values (new.id, new.division_code, case when tg_op = 'UPDATE' then old.state end, new.state,
          case new.state when 'Assigned' then new.assigned_to_id when 'Done' then new.done_by_id
                         when 'Verified' then new.verified_by_id end,
          nullif(current_setting('hazardmap.note', true), ''));
  perform set_config('hazardmap.note', '', true);
  if new.state = 'Assigned' and not new.is_synthetic then
    insert into notifications (person_id, division_code, kind, entity_id)
    values (new.assigned_to_id, new.division_code, 'RectificationAssigned', new.id);
  end if;
  return null;
end $$;

-- Every open defect whose deadline has passed by the stated days climbs one level, and that level is told: its leader where one answers
-- for the place, else whoever looks after the division. Returns how many climbed. Done twice at once it is done once: the second finds
-- the rows as the first left them.
create function register.climb_rectifications() returns integer
language sql volatile as $$
  with climbed as (
    update register.rectifications r set escalated_to = c.level
    from register.climb_rhythm c, register.divisions d
    where d.code = r.division_code and r.state in ('Found', 'Assigned', 'Reopened') and r.due_on <= register.field_today() - c.days
      and register.level_place(c.level) = register.level_place(coalesce(r.escalated_to, d.level)) - 1
    returning r.*),
  told as (
    insert into register.notifications (person_id, division_code, kind, entity_id)
    select (select p.id from register.responsibilities a join register.people p on p.id = a.person_id
            where a.role = 'Leader' and p.level = c.escalated_to
              and (a.hazard_id = c.hazard_id or a.facility_id = c.facility_id)
              and a.valid_from <= current_date and (a.valid_to is null or a.valid_to > current_date)
            order by a.valid_from desc, a.id limit 1),
           coalesce(register.division_above(c.division_code, c.escalated_to), c.division_code), 'RectificationClimbed', c.id
    from climbed c returning 1)
  select count(*)::integer from told
$$;
