-- What the database makes of an inspection when it comes, and what it tells the water.

-- Before insert: when it came, how wrong the device's clock was, how far from the water the inspector stood, and what a supervisor should
-- look at. An inspection is not lost to a bad clock or position: it is kept and flagged. Only a moment that nothing explains is refused.
create function register.judge_inspection() returns trigger
language plpgsql as $$
declare
  minutes constant interval := '5 minutes';          -- that a clock may err without a word
  received constant timestamptz := clock_timestamp();
  -- The device's clock at the moment of sending, where the request told it.
  sent_at constant timestamptz := nullif(current_setting('hazardmap.device_time', true), '')::timestamptz;
  far_metres constant double precision := 200;
  skew double precision;
  judged timestamptz;
  forgiven interval;
  shape geography;
  corrected register.inspections;
  flags text[] := '{}';
begin
  select h.shape into shape from register.hazards h where h.id = new.hazard_id for no key update;   -- inspections of a water take turns
  new.received_at := received;
  new.flags := null;
  new.metres_from_shape := null;

  -- How far ahead the device's clock is: as it is now, as the device found at its last contact, or as must be: it can't have made
  -- a record after it came, and nobody keeps one for two months (links of changes and repeated requests do not live so long).
  skew := case
    when sent_at is not null then extract(epoch from sent_at - received)
    when new.clock_skew_seconds is not null then new.clock_skew_seconds
    when new.device_at > received + minutes or new.device_at < received - interval '60 days'
      then extract(epoch from new.device_at - received) end;
  if abs(skew) > 4e9 then skew := null; end if;      -- over a century: no clock says so
  new.clock_skew_seconds := skew;
  if abs(skew) > extract(epoch from minutes) then
    flags := flags || 'ClockOff'::text;
    judged := new.at - make_interval(secs => skew);
    if register.is_in_calendar(judged) then new.at := judged; end if;
  end if;
  if new.at > received then
    -- Of a device that tells nothing of its clock, hours are forgiven, days are not.
    forgiven := case when skew is null and new.device_at is null then interval '1 day' else minutes end;
    if new.at > received + forgiven then
      raise exception 'At lies in the future: state when the visit was, and what a wrong clock said in DeviceAt'
        using errcode = 'check_violation', schema = 'register', table = 'inspections', column = 'at',
          hint = '巡查时间（At）晚于当前时间：请填写实际巡查时间，'
            '设备时钟不准时请同时在 DeviceAt 中发送设备时间';
    end if;
    new.at := received;
    flags := flags || 'FutureClamped'::text;
  end if;

  if new.corrects_id is not null then
    select * into corrected from register.inspections where id = new.corrects_id;
    if corrected.hazard_id <> new.hazard_id then
      raise exception 'CorrectsId names an inspection of another water'
        using errcode = 'check_violation', schema = 'register', table = 'inspections', column = 'corrects_id',
          hint = '被更正的巡查（CorrectsId）属于另一处水域';
    end if;
  elsif not new.is_synthetic then
    if new.at < received - interval '7 days' then flags := flags || 'ReportedLate'::text; end if;
    if new.position is null then flags := flags || 'PositionMissing'::text; end if;
  end if;
  if abs(st_x(new.position::geometry)) < 0.001 and abs(st_y(new.position::geometry)) < 0.001 then
    flags := flags || 'PositionZero'::text;          -- what a device says that has none
  elsif new.position is not null then
    new.metres_from_shape := st_distance(new.position, shape);
    if new.metres_from_shape > far_metres then flags := flags || 'FarFromWater'::text; end if;
    if new.accuracy_metres > far_metres then flags := flags || 'PositionVague'::text; end if;
  end if;
  if flags <> '{}' then new.flags := (select string_agg(f, ',' order by f) from unnest(flags) f); end if;
  return new;
end $$;

-- After insert: the water takes over what was seen, field by field, each from the newest inspection that saw it and was not corrected. An
-- inspection that comes late hides neither a newer one nor what somebody entered after it. Where the only one that saw something is
-- corrected to "not looked at", nobody knows any more.
create function register.tell_water() returns trigger
language plpgsql as $$
declare
  corrected register.inspections;
  -- when somebody entered something by hand, after the visit
  entered record;
begin
  select * into corrected from register.inspections where id = new.corrects_id;
  select max(c.changed_at) filter (where c.fields ? 'has_sign') as has_sign,
         max(c.changed_at) filter (where c.fields ? 'has_ring') as has_ring,
         max(c.changed_at) filter (where c.fields ? 'has_rope') as has_rope,
         max(c.changed_at) filter (where c.fields ? 'has_pole') as has_pole,
         max(c.changed_at) filter (where c.fields ? 'has_camera') as has_camera,
         max(c.changed_at) filter (where c.fields ? 'depth_metres') as depth_metres,
         max(c.changed_at) filter (where c.fields ? 'access') as access
  into entered
  from register.history c
  where c.entity = 'Hazards' and c.entity_id = new.hazard_id::text and c.operation = 'update'
    and c.changed_at > least(new.at, corrected.at)
    and not exists (select from register.history i where i.entity = 'Inspections' and i.xid = c.xid and i.operation = 'insert'
                    and i.fields ->> 'hazard_id' = c.entity_id);
  update register.hazards h set
    has_sign = case when coalesce(new.has_sign, corrected.has_sign) is null then h.has_sign else coalesce(
      (select s.has_sign from register.sightings s where s.hazard_id = h.id and s.has_sign is not null
       and s.at >= coalesce(entered.has_sign, '-infinity') order by s.at desc, s.id desc limit 1),
      case when entered.has_sign is not null then h.has_sign end) end,
    has_ring = case when coalesce(new.has_ring, corrected.has_ring) is null then h.has_ring else coalesce(
      (select s.has_ring from register.sightings s where s.hazard_id = h.id and s.has_ring is not null
       and s.at >= coalesce(entered.has_ring, '-infinity') order by s.at desc, s.id desc limit 1),
      case when entered.has_ring is not null then h.has_ring end) end,
    has_rope = case when coalesce(new.has_rope, corrected.has_rope) is null then h.has_rope else coalesce(
      (select s.has_rope from register.sightings s where s.hazard_id = h.id and s.has_rope is not null
       and s.at >= coalesce(entered.has_rope, '-infinity') order by s.at desc, s.id desc limit 1),
      case when entered.has_rope is not null then h.has_rope end) end,
    has_pole = case when coalesce(new.has_pole, corrected.has_pole) is null then h.has_pole else coalesce(
      (select s.has_pole from register.sightings s where s.hazard_id = h.id and s.has_pole is not null
       and s.at >= coalesce(entered.has_pole, '-infinity') order by s.at desc, s.id desc limit 1),
      case when entered.has_pole is not null then h.has_pole end) end,
    has_camera = case when coalesce(new.has_camera, corrected.has_camera) is null then h.has_camera else coalesce(
      (select s.has_camera from register.sightings s where s.hazard_id = h.id and s.has_camera is not null
       and s.at >= coalesce(entered.has_camera, '-infinity') order by s.at desc, s.id desc limit 1),
      case when entered.has_camera is not null then h.has_camera end) end,
    depth_metres = case when coalesce(new.depth_metres, corrected.depth_metres) is null then h.depth_metres else coalesce(
      (select s.depth_metres from register.sightings s where s.hazard_id = h.id and s.depth_metres is not null
       and s.at >= coalesce(entered.depth_metres, '-infinity') order by s.at desc, s.id desc limit 1),
      case when entered.depth_metres is not null then h.depth_metres end) end,
    access = case when coalesce(new.access, corrected.access) is null then h.access else coalesce(
      (select s.access from register.sightings s where s.hazard_id = h.id and s.access is not null
       and s.at >= coalesce(entered.access, '-infinity') order by s.at desc, s.id desc limit 1),
      case when entered.access is not null then h.access end) end,
    last_inspected_at = case when corrected.at = h.last_inspected_at
      then (select max(s.at) from register.sightings s where s.hazard_id = h.id)
      else greatest(h.last_inspected_at, new.at) end
  where h.id = new.hazard_id;
  return null;
end $$;

-- Before update: evidence is not overwritten; only the division may follow its water.
create function register.refuse_overwriting() returns trigger
language plpgsql as $$
declare
  may_follow constant text[] := '{division_code,version,created_at,updated_at}';
begin
  if to_jsonb(new) - may_follow is distinct from to_jsonb(old) - may_follow then
    raise exception 'An inspection is evidence and is never overwritten: add one that names it in CorrectsId'
      using errcode = 'check_violation',
        hint = '巡查记录是证据，不能改写：请新增一条巡查，并在 CorrectsId 中填写被更正的记录';
  end if;
  return new;
end $$;
