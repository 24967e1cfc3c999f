-- The database as it is: made of schema, functions, triggers and views, never by hand. Who may do what: grants.sql.
-- The functions of the map layers stand in tiles/*/layer.sql.
-- After a change of these: UPDATE_SCHEMA=1 and the test SchemaFileTests write it anew (see README.md).

CREATE SCHEMA account;

CREATE SCHEMA journal;

CREATE SCHEMA odata;

CREATE SCHEMA register;

CREATE SCHEMA tiles;

CREATE FUNCTION account.audit_field(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select coalesce(octet_length(value) || ':' || value, '-') || chr(10)
$$;

CREATE FUNCTION register.actor() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select coalesce(nullif(current_setting('hazardmap.actor', true), ''), 'database:' || session_user)
$$;

CREATE FUNCTION register.is_in_calendar(moment timestamp with time zone) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select moment >= '0001-01-01 00:00:00+00' and moment < '10000-01-01 00:00:00+00'
$$;

CREATE FUNCTION register.is_prose(value text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select value !~ '[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]'
     and value ~ ('[^\u0001-\u0020\u007F-\u00A0\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F'
                  '\u205F-\u206F\u2800\u3000\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\U000E0000-\U000E0FFF]')
$$;

CREATE FUNCTION register.is_word(value text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select value <> '' and value !~
    ('[\u0001-\u0020\u007F-\u00A0\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F'
     '\u205F-\u206F\u2800\u3000\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\U000E0000-\U000E0FFF]')
$$;

CREATE FUNCTION register.uuid_v7() RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    AS $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
              placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
              from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

CREATE TABLE account.audit_entries (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    number bigint,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    actor text DEFAULT register.actor() NOT NULL,
    action text NOT NULL,
    entity text,
    entity_id text,
    division_code text,
    reason text,
    details jsonb,
    previous_hash bytea,
    hash bytea,
    CONSTRAINT audit_entries_action_check CHECK ((length(action) <= 60)),
    CONSTRAINT audit_entries_action_word CHECK (register.is_word(action)),
    CONSTRAINT audit_entries_at_calendar CHECK (register.is_in_calendar(at)),
    CONSTRAINT audit_entries_entity_check CHECK ((length(entity) <= 60)),
    CONSTRAINT audit_entries_entity_id_check CHECK ((length(entity_id) <= 200)),
    CONSTRAINT audit_entries_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT audit_entries_previous_hash_check CHECK ((length(previous_hash) = 32)),
    CONSTRAINT audit_entries_reason_check CHECK ((length(reason) <= 1000)),
    CONSTRAINT audit_entries_reason_prose CHECK (register.is_prose(reason)),
    CONSTRAINT audit_entries_sealed_together CHECK ((num_nulls(number, previous_hash, hash) = ANY (ARRAY[0, 3])))
);

COMMENT ON CONSTRAINT audit_entries_action_check ON account.audit_entries IS 'may have 60 characters / 最多 60 个字符';

COMMENT ON CONSTRAINT audit_entries_action_word ON account.audit_entries IS 'needs one word: no blanks, line breaks or characters that cannot be seen / 应为一个词：不能有空格、换行或不可见字符';

COMMENT ON CONSTRAINT audit_entries_at_calendar ON account.audit_entries IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT audit_entries_entity_check ON account.audit_entries IS 'may have 60 characters / 最多 60 个字符';

COMMENT ON CONSTRAINT audit_entries_entity_id_check ON account.audit_entries IS 'may have 200 characters / 最多 200 个字符';

COMMENT ON CONSTRAINT audit_entries_hash_check ON account.audit_entries IS 'needs 32 bytes / 须为 32 字节';

COMMENT ON CONSTRAINT audit_entries_previous_hash_check ON account.audit_entries IS 'needs 32 bytes / 须为 32 字节';

COMMENT ON CONSTRAINT audit_entries_reason_check ON account.audit_entries IS 'may have 1000 characters / 最多 1000 个字符';

COMMENT ON CONSTRAINT audit_entries_reason_prose ON account.audit_entries IS 'needs something that can be seen, without control characters other than tabs and line breaks / 应为可见文字：不能只有空白，除制表符和换行外不能有控制字符';

COMMENT ON CONSTRAINT audit_entries_sealed_together ON account.audit_entries IS ': the number and the two hashes are there together or not at all / ：序号与两个校验值须同时填写或同时为空';

CREATE FUNCTION account.audit_hash(entry account.audit_entries) RETURNS bytea
    LANGUAGE sql STABLE
    AS $$
  select sha256(entry.previous_hash || convert_to(
    'hazardmap-audit-1' || chr(10) || account.audit_field(entry.id::text) || account.audit_field(entry.number::text)
    || account.audit_field(to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || account.audit_field(entry.actor) || account.audit_field(entry.action) || account.audit_field(entry.entity)
    || account.audit_field(entry.entity_id) || account.audit_field(entry.division_code) || account.audit_field(entry.reason)
    || account.audit_field(entry.details::text), 'UTF8'))
$$;

CREATE FUNCTION account.begin_audit_entry() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.number := null;
  new.previous_hash := null;
  new.hash := null;
  new.at := clock_timestamp();
  new.actor := register.actor();
  return new;
end $$;

CREATE FUNCTION account.refuse_rewriting_audit() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'UPDATE' and old.hash is null and new.hash is not null then return new; end if;
  raise exception 'audit entries are append-only' using errcode = 'insufficient_privilege',
    hint = '审计记录只能追加，不能修改或删除';
end $$;

CREATE FUNCTION account.seal_audit_entry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  entry account.audit_entries;
begin
  select * into entry from account.audit_entries where id = new.id;
  if entry.hash is not null then return null; end if;
  select number + 1, hash into entry.number, entry.previous_hash from account.audit_head for update;
  entry.hash := account.audit_hash(entry);
  update account.audit_entries set number = entry.number, previous_hash = entry.previous_hash, hash = entry.hash where id = entry.id;
  update account.audit_head set number = entry.number, hash = entry.hash;
  return null;
end $$;

CREATE FUNCTION register.is_in_calendar(day date) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select day >= '0001-01-01' and day <= '9999-12-31'
$$;

CREATE FUNCTION register.is_line(value text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select register.is_prose(value) and value !~ '[\u0009\u000A\u000D]'
$$;

CREATE FUNCTION register.is_sound(shape public.geography) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select not st_isempty(shape::geometry)
     and st_ndims(shape::geometry) = 2
     and st_isvalid(shape::geometry)
$$;

CREATE TABLE register.divisions (
    code text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    parent_code text,
    boundary public.geography(MultiPolygon,4326),
    centre public.geography(Point,4326) NOT NULL,
    population integer,
    children integer,
    elders integer,
    valid_from date DEFAULT '2000-01-01'::date NOT NULL,
    valid_to date,
    is_synthetic boolean DEFAULT false NOT NULL,
    source text DEFAULT 'HazardMap'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    aged_1_to_4 integer,
    aged_5_to_14 integer,
    residence text,
    incidents_complete_since date,
    CONSTRAINT divisions_aged_1_to_4_check CHECK ((aged_1_to_4 >= 0)),
    CONSTRAINT divisions_aged_5_to_14_check CHECK ((aged_5_to_14 >= 0)),
    CONSTRAINT divisions_boundary_check CHECK (register.is_sound(boundary)),
    CONSTRAINT divisions_centre_check CHECK (register.is_sound(centre)),
    CONSTRAINT divisions_check CHECK (((parent_code IS NULL) OR starts_with(code, parent_code))),
    CONSTRAINT divisions_check1 CHECK ((valid_to > valid_from)),
    CONSTRAINT divisions_children_check CHECK ((children >= 0)),
    CONSTRAINT divisions_code_check CHECK ((code ~ '^[0-9A-Za-z.]{2,64}$'::text)),
    CONSTRAINT divisions_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT divisions_elders_check CHECK ((elders >= 0)),
    CONSTRAINT divisions_incidents_complete_since_calendar CHECK (register.is_in_calendar(incidents_complete_since)),
    CONSTRAINT divisions_level_check CHECK ((level = ANY (ARRAY['Prefecture'::text, 'County'::text, 'Township'::text, 'Village'::text]))),
    CONSTRAINT divisions_name_check CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT divisions_name_line CHECK (register.is_line(name)),
    CONSTRAINT divisions_population_check CHECK ((population >= 0)),
    CONSTRAINT divisions_residence_check CHECK ((residence = ANY (ARRAY['Town'::text, 'Village'::text]))),
    CONSTRAINT divisions_updated_at_calendar CHECK (register.is_in_calendar(updated_at)),
    CONSTRAINT divisions_valid_from_calendar CHECK (register.is_in_calendar(valid_from)),
    CONSTRAINT divisions_valid_to_calendar CHECK (register.is_in_calendar(valid_to))
);

COMMENT ON CONSTRAINT divisions_aged_1_to_4_check ON register.divisions IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT divisions_aged_5_to_14_check ON register.divisions IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT divisions_boundary_check ON register.divisions IS 'must be a sound shape: two-dimensional, not empty, not crossing itself / 须为有效图形：二维、非空、不自相交';

COMMENT ON CONSTRAINT divisions_centre_check ON register.divisions IS 'must be a sound shape: two-dimensional, not empty, not crossing itself / 须为有效图形：二维、非空、不自相交';

COMMENT ON CONSTRAINT divisions_check ON register.divisions IS ': a code begins with the code of the division above / ：行政区划代码须以上级代码开头';

COMMENT ON CONSTRAINT divisions_check1 ON register.divisions IS ': ValidTo must be later than ValidFrom / ：停用日期须晚于启用日期';

COMMENT ON CONSTRAINT divisions_children_check ON register.divisions IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT divisions_code_check ON register.divisions IS 'needs 2 to 64 digits, Latin letters or dots / 须为 2 至 64 位数字、字母或点';

COMMENT ON CONSTRAINT divisions_created_at_calendar ON register.divisions IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT divisions_elders_check ON register.divisions IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT divisions_incidents_complete_since_calendar ON register.divisions IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT divisions_level_check ON register.divisions IS 'must be one of Prefecture, County, Township, Village / 须为以下之一：Prefecture, County, Township, Village';

COMMENT ON CONSTRAINT divisions_name_check ON register.divisions IS 'cannot be only blanks / 不能只有空白';

COMMENT ON CONSTRAINT divisions_name_line ON register.divisions IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT divisions_population_check ON register.divisions IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT divisions_residence_check ON register.divisions IS 'must be one of Town, Village / 须为以下之一：Town, Village';

COMMENT ON CONSTRAINT divisions_updated_at_calendar ON register.divisions IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT divisions_valid_from_calendar ON register.divisions IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT divisions_valid_to_calendar ON register.divisions IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.divisions AS
 SELECT divisions.code,
    divisions.name,
    divisions.level,
    divisions.parent_code,
    divisions.boundary,
    divisions.centre,
    divisions.population,
    divisions.children,
    divisions.elders,
    divisions.valid_from,
    divisions.valid_to,
    divisions.is_synthetic,
    divisions.source,
    divisions.created_at,
    divisions.updated_at,
    divisions.version,
    divisions.aged_1_to_4,
    divisions.aged_5_to_14,
    divisions.residence,
    divisions.incidents_complete_since
   FROM register.divisions;

CREATE FUNCTION odata.divisions_as_of(moment timestamp with time zone) RETURNS SETOF odata.divisions
    LANGUAGE sql STABLE
    AS $_$ SELECT divisions.code,
    divisions.name,
    divisions.level,
    divisions.parent_code,
    divisions.boundary,
    divisions.centre,
    divisions.population,
    divisions.children,
    divisions.elders,
    divisions.valid_from,
    divisions.valid_to,
    divisions.is_synthetic,
    divisions.source,
    divisions.created_at,
    divisions.updated_at,
    divisions.version,
    divisions.aged_1_to_4,
    divisions.aged_5_to_14,
    divisions.residence,
    divisions.incidents_complete_since
   FROM register.divisions_as_of($1) divisions$_$;

COMMENT ON FUNCTION odata.divisions_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE FUNCTION register.is_month_day(value text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  select value ~ '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$'
$_$;

CREATE TABLE register.facilities (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    location public.geography(Point,4326) NOT NULL,
    division_code text NOT NULL,
    capacity integer,
    under5 integer DEFAULT 0 NOT NULL,
    aged_5_to_14 integer DEFAULT 0 NOT NULL,
    aged_60_plus integer DEFAULT 0 NOT NULL,
    counts_estimated boolean DEFAULT false NOT NULL,
    status text DEFAULT 'Open'::text NOT NULL,
    is_synthetic boolean DEFAULT false NOT NULL,
    source text DEFAULT 'HazardMap'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    stages text,
    boarders integer,
    places integer,
    open_from text,
    open_to text,
    turns integer,
    CONSTRAINT facilities_aged_5_to_14_check CHECK ((aged_5_to_14 >= 0)),
    CONSTRAINT facilities_aged_60_plus_check CHECK ((aged_60_plus >= 0)),
    CONSTRAINT facilities_boarders_check CHECK ((boarders >= 0)),
    CONSTRAINT facilities_capacity_check CHECK ((capacity >= 0)),
    CONSTRAINT facilities_code_check CHECK (((code <> ''::text) AND (length(code) <= 64))),
    CONSTRAINT facilities_code_word CHECK (register.is_word(code)),
    CONSTRAINT facilities_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT facilities_kind_check CHECK ((kind = ANY (ARRAY['School'::text, 'Kindergarten'::text, 'ChildrensHome'::text, 'SwimmingPool'::text, 'CareHome'::text, 'Canteen'::text, 'Bathhouse'::text, 'CounsellingRoom'::text, 'SocialWorkStation'::text, 'ProtectionCentre'::text]))),
    CONSTRAINT facilities_location_check CHECK (register.is_sound(location)),
    CONSTRAINT facilities_name_check CHECK (((btrim(name) <> ''::text) AND (length(name) <= 200))),
    CONSTRAINT facilities_name_line CHECK (register.is_line(name)),
    CONSTRAINT facilities_open_from_check CHECK (register.is_month_day(open_from)),
    CONSTRAINT facilities_open_to_check CHECK (register.is_month_day(open_to)),
    CONSTRAINT facilities_places_check CHECK ((places >= 0)),
    CONSTRAINT facilities_season_check CHECK (((open_from IS NULL) = (open_to IS NULL))),
    CONSTRAINT facilities_stages_check CHECK ((stages = ANY (ARRAY['Primary'::text, 'Junior'::text, 'Both'::text]))),
    CONSTRAINT facilities_status_check CHECK ((status = ANY (ARRAY['Open'::text, 'Closed'::text, 'Planned'::text]))),
    CONSTRAINT facilities_turns_check CHECK ((turns >= 0)),
    CONSTRAINT facilities_under5_check CHECK ((under5 >= 0)),
    CONSTRAINT facilities_updated_at_calendar CHECK (register.is_in_calendar(updated_at))
);

COMMENT ON CONSTRAINT facilities_aged_5_to_14_check ON register.facilities IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT facilities_aged_60_plus_check ON register.facilities IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT facilities_boarders_check ON register.facilities IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT facilities_capacity_check ON register.facilities IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT facilities_code_check ON register.facilities IS 'needs 1 to 64 characters / 须为 1 至 64 个字符';

COMMENT ON CONSTRAINT facilities_code_word ON register.facilities IS 'needs one word: no blanks, line breaks or characters that cannot be seen / 应为一个词：不能有空格、换行或不可见字符';

COMMENT ON CONSTRAINT facilities_created_at_calendar ON register.facilities IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT facilities_kind_check ON register.facilities IS 'must be one of School, Kindergarten, ChildrensHome, SwimmingPool, CareHome, Canteen, Bathhouse, CounsellingRoom, SocialWorkStation, ProtectionCentre / 须为以下之一：School, Kindergarten, ChildrensHome, SwimmingPool, CareHome, Canteen, Bathhouse, CounsellingRoom, SocialWorkStation, ProtectionCentre';

COMMENT ON CONSTRAINT facilities_location_check ON register.facilities IS 'must be a sound shape: two-dimensional, not empty, not crossing itself / 须为有效图形：二维、非空、不自相交';

COMMENT ON CONSTRAINT facilities_name_check ON register.facilities IS 'needs 1 to 200 characters, not only blanks / 须为 1 至 200 个字符，不能只有空白';

COMMENT ON CONSTRAINT facilities_name_line ON register.facilities IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT facilities_open_from_check ON register.facilities IS 'must be a month and a day, such as 06-01 / 须为月-日，例如 06-01';

COMMENT ON CONSTRAINT facilities_open_to_check ON register.facilities IS 'must be a month and a day, such as 09-30 / 须为月-日，例如 09-30';

COMMENT ON CONSTRAINT facilities_places_check ON register.facilities IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT facilities_season_check ON register.facilities IS ': a season has its first and its last day, or neither is stated / ：开放季的起止日期须同时填写或同时为空';

COMMENT ON CONSTRAINT facilities_stages_check ON register.facilities IS 'must be one of Primary, Junior, Both / 须为以下之一：Primary, Junior, Both';

COMMENT ON CONSTRAINT facilities_status_check ON register.facilities IS 'must be one of Open, Closed, Planned / 须为以下之一：Open, Closed, Planned';

COMMENT ON CONSTRAINT facilities_turns_check ON register.facilities IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT facilities_under5_check ON register.facilities IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT facilities_updated_at_calendar ON register.facilities IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.facilities AS
 SELECT facilities.id,
    facilities.code,
    facilities.name,
    facilities.kind,
    facilities.location,
    facilities.division_code,
    facilities.capacity,
    facilities.under5,
    facilities.aged_5_to_14,
    facilities.aged_60_plus,
    facilities.counts_estimated,
    facilities.status,
    facilities.is_synthetic,
    facilities.source,
    facilities.created_at,
    facilities.updated_at,
    facilities.version,
    facilities.stages,
    facilities.boarders,
    facilities.places,
    facilities.open_from,
    facilities.open_to,
    facilities.turns
   FROM register.facilities;

CREATE FUNCTION odata.facilities_as_of(moment timestamp with time zone) RETURNS SETOF odata.facilities
    LANGUAGE sql STABLE
    AS $_$ SELECT facilities.id,
    facilities.code,
    facilities.name,
    facilities.kind,
    facilities.location,
    facilities.division_code,
    facilities.capacity,
    facilities.under5,
    facilities.aged_5_to_14,
    facilities.aged_60_plus,
    facilities.counts_estimated,
    facilities.status,
    facilities.is_synthetic,
    facilities.source,
    facilities.created_at,
    facilities.updated_at,
    facilities.version,
    facilities.stages,
    facilities.boarders,
    facilities.places,
    facilities.open_from,
    facilities.open_to,
    facilities.turns
   FROM register.facilities_as_of($1) facilities$_$;

COMMENT ON FUNCTION odata.facilities_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE FUNCTION register.is_in_force(status text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select status not in ('Closed', 'Filled') $$;

CREATE FUNCTION register.level_bounds() RETURNS double precision[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select array[(s.for_maps -> 'levels' ->> 'heldAtLeast')::double precision,
    (s.for_maps -> 'levels' ->> 'intervalSigmas')::double precision,
    ln(r.yellow_at_least), ln(r.orange_at_least), ln(r.red_at_least)]
  from register.risk_scales s join register.active_risk_rule a on a.rule = s.rule
    join register.risk_rules r on r.version = s.rule and r.sha256 = s.sha256
  where r.model = 'Trips' order by s.created_at desc, s.id desc limit 1
$$;

CREATE FUNCTION register.other_level(level text, score double precision, low double precision, high double precision, held double precision, bounds double precision[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
declare
  sigma    double precision;
  yellow   double precision;
  orange   double precision;
  red      double precision;
  best     text;
  most     double precision := -1;
begin
  if held is null or bounds is null or held >= bounds[1] or low <= 0 or high <= low then return null; end if;
  sigma := ln(high / low) / 2 / bounds[2];
  yellow := register.normal((bounds[3] - ln(score)) / sigma);
  orange := register.normal((bounds[4] - ln(score)) / sigma);
  red := register.normal((bounds[5] - ln(score)) / sigma);
  if level <> 'Red' then best := 'Red'; most := 1 - red; end if;
  if level <> 'Orange' and red - orange > most then best := 'Orange'; most := red - orange; end if;
  if level <> 'Yellow' and orange - yellow > most then best := 'Yellow'; most := orange - yellow; end if;
  if level <> 'Blue' and yellow > most then best := 'Blue'; end if;
  return best;
end $$;

CREATE FUNCTION register.visit_due(since timestamp with time zone, time_zone text, days integer, months integer, season_from integer, season_to integer, noon_from integer, noon_to integer, dusk_from integer, dusk_to integer) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case when time_zone is not null then least(   -- without a level there is no rhythm
    (((since at time zone time_zone)::date + make_interval(months => months, days => days + 1))::date::timestamp) at time zone time_zone,
    case
      when noon_from is null then null
      when register.minute_of_day(since at time zone time_zone) < noon_from
           and register.is_in_season((since at time zone time_zone)::date, season_from, season_to)
        then ((since at time zone time_zone)::date + make_interval(mins => noon_to)) at time zone time_zone
      when register.minute_of_day(since at time zone time_zone) < dusk_from
           and register.is_in_season((since at time zone time_zone)::date, season_from, season_to)
        then ((since at time zone time_zone)::date + make_interval(mins => dusk_to)) at time zone time_zone
      when register.is_in_season((since at time zone time_zone)::date + 1, season_from, season_to)
        then ((since at time zone time_zone)::date + 1 + make_interval(mins => noon_to)) at time zone time_zone end,
    '9999-12-31 23:59:59.999999+00') end   -- the calendar's end
$$;

CREATE TABLE register.hazard_risks (
    hazard_id uuid NOT NULL,
    score double precision,
    level text,
    rule text,
    scored_at timestamp with time zone,
    xid xid8,
    across integer NOT NULL,
    down integer NOT NULL,
    visits double precision,
    deadliness_ratio double precision,
    deadliness text,
    risk_low double precision,
    risk_high double precision,
    level_held double precision,
    trips real[],
    CONSTRAINT hazard_risks_check CHECK ((num_nulls(score, level, rule, scored_at) = ANY (ARRAY[0, 4]))),
    CONSTRAINT hazard_risks_deadliness_check CHECK ((deadliness = ANY (ARRAY['I'::text, 'II'::text, 'III'::text, 'IV'::text]))),
    CONSTRAINT hazard_risks_deadliness_ratio_check CHECK (((deadliness_ratio >= (0)::double precision) AND (deadliness_ratio < 'Infinity'::double precision))),
    CONSTRAINT hazard_risks_level_check CHECK ((level = ANY (ARRAY['Red'::text, 'Orange'::text, 'Yellow'::text, 'Blue'::text]))),
    CONSTRAINT hazard_risks_level_held_check CHECK (((level_held >= (0)::double precision) AND (level_held <= (1)::double precision))),
    CONSTRAINT hazard_risks_risk_high_check CHECK (((risk_high >= score) AND (risk_high < 'Infinity'::double precision))),
    CONSTRAINT hazard_risks_risk_low_check CHECK (((risk_low >= (0)::double precision) AND (risk_low <= score))),
    CONSTRAINT hazard_risks_score_check CHECK (((score >= (0)::double precision) AND (score < 'Infinity'::double precision))),
    CONSTRAINT hazard_risks_scored_at_calendar CHECK (register.is_in_calendar(scored_at)),
    CONSTRAINT hazard_risks_trips_check CHECK ((cardinality(trips) = 16)),
    CONSTRAINT hazard_risks_trips_together CHECK ((num_nulls(visits, deadliness_ratio, deadliness, risk_low, risk_high, level_held, trips) = ANY (ARRAY[0, 7]))),
    CONSTRAINT hazard_risks_visits_check CHECK (((visits >= (0)::double precision) AND (visits < 'Infinity'::double precision)))
)
WITH (fillfactor='80');

COMMENT ON CONSTRAINT hazard_risks_check ON register.hazard_risks IS ': score, level, rule and time are there together or not at all / ：分值、等级、规则和时间须同时填写或同时为空';

COMMENT ON CONSTRAINT hazard_risks_deadliness_check ON register.hazard_risks IS 'must be one of I, II, III, IV / 须为以下之一：I, II, III, IV';

COMMENT ON CONSTRAINT hazard_risks_deadliness_ratio_check ON register.hazard_risks IS 'must be 0 or more and finite / 须为有限的非负数';

COMMENT ON CONSTRAINT hazard_risks_level_check ON register.hazard_risks IS 'must be one of Red, Orange, Yellow, Blue / 须为以下之一：Red, Orange, Yellow, Blue';

COMMENT ON CONSTRAINT hazard_risks_level_held_check ON register.hazard_risks IS 'must lie between 0 and 1 / 须在 0 至 1 之间';

COMMENT ON CONSTRAINT hazard_risks_risk_high_check ON register.hazard_risks IS 'must be finite, and no less than the score / 须为有限数且不小于分值';

COMMENT ON CONSTRAINT hazard_risks_risk_low_check ON register.hazard_risks IS 'must be 0 or more, and no more than the score / 须不小于 0 且不大于分值';

COMMENT ON CONSTRAINT hazard_risks_score_check ON register.hazard_risks IS 'must be 0 or more and finite / 须为有限的非负数';

COMMENT ON CONSTRAINT hazard_risks_scored_at_calendar ON register.hazard_risks IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT hazard_risks_trips_check ON register.hazard_risks IS 'needs 16 numbers / 须为 16 个数';

COMMENT ON CONSTRAINT hazard_risks_trips_together ON register.hazard_risks IS ': what a rule of trips keeps is there together or not at all / ：出行规则的各项须同时填写或同时为空';

COMMENT ON CONSTRAINT hazard_risks_visits_check ON register.hazard_risks IS 'must be 0 or more and finite / 须为有限的非负数';

CREATE TABLE register.hazards (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    shape public.geography(Geometry,4326) NOT NULL,
    location public.geography(Point,4326) NOT NULL,
    division_code text NOT NULL,
    depth_metres double precision,
    flow text,
    bank text,
    access text,
    has_sign boolean,
    has_ring boolean,
    has_rope boolean,
    has_pole boolean,
    has_camera boolean,
    owner_unit text,
    status text DEFAULT 'Active'::text NOT NULL,
    last_inspected_at timestamp with time zone,
    is_synthetic boolean DEFAULT false NOT NULL,
    source text DEFAULT 'HazardMap'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    own_grade text,
    own_grade_on date,
    own_grade_by text,
    CONSTRAINT hazards_access_check CHECK ((access = ANY (ARRAY['Open'::text, 'Restricted'::text, 'Fenced'::text]))),
    CONSTRAINT hazards_bank_check CHECK ((bank = ANY (ARRAY['Gentle'::text, 'Steep'::text, 'Sheer'::text]))),
    CONSTRAINT hazards_code_check CHECK (((code <> ''::text) AND (length(code) <= 64))),
    CONSTRAINT hazards_code_word CHECK (register.is_word(code)),
    CONSTRAINT hazards_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT hazards_depth_metres_check CHECK (((depth_metres >= (0)::double precision) AND (depth_metres <= (12000)::double precision))),
    CONSTRAINT hazards_flow_check CHECK ((flow = ANY (ARRAY['Still'::text, 'Slow'::text, 'Fast'::text]))),
    CONSTRAINT hazards_kind_check CHECK ((kind = ANY (ARRAY['River'::text, 'Stream'::text, 'Lake'::text, 'Reservoir'::text, 'Pond'::text, 'Canal'::text, 'Well'::text, 'Pit'::text, 'Weir'::text, 'Other'::text]))),
    CONSTRAINT hazards_last_inspected_at_calendar CHECK (register.is_in_calendar(last_inspected_at)),
    CONSTRAINT hazards_name_check CHECK (((btrim(name) <> ''::text) AND (length(name) <= 200))),
    CONSTRAINT hazards_name_line CHECK (register.is_line(name)),
    CONSTRAINT hazards_own_grade_by_check CHECK ((length(own_grade_by) <= 200)),
    CONSTRAINT hazards_own_grade_by_line CHECK (register.is_line(own_grade_by)),
    CONSTRAINT hazards_own_grade_check CHECK ((own_grade = ANY (ARRAY['Red'::text, 'Orange'::text, 'Yellow'::text, 'Blue'::text]))),
    CONSTRAINT hazards_own_grade_on_calendar CHECK (register.is_in_calendar(own_grade_on)),
    CONSTRAINT hazards_owner_unit_check CHECK ((length(owner_unit) <= 200)),
    CONSTRAINT hazards_owner_unit_line CHECK (register.is_line(owner_unit)),
    CONSTRAINT hazards_shape_check CHECK ((register.is_sound(shape) AND (public.geometrytype(shape) <> 'GEOMETRYCOLLECTION'::text))),
    CONSTRAINT hazards_status_check CHECK ((status = ANY (ARRAY['Active'::text, 'Rectifying'::text, 'Closed'::text, 'Filled'::text]))),
    CONSTRAINT hazards_updated_at_calendar CHECK (register.is_in_calendar(updated_at))
);

COMMENT ON CONSTRAINT hazards_access_check ON register.hazards IS 'must be one of Open, Restricted, Fenced / 须为以下之一：Open, Restricted, Fenced';

COMMENT ON CONSTRAINT hazards_bank_check ON register.hazards IS 'must be one of Gentle, Steep, Sheer / 须为以下之一：Gentle, Steep, Sheer';

COMMENT ON CONSTRAINT hazards_code_check ON register.hazards IS 'needs 1 to 64 characters / 须为 1 至 64 个字符';

COMMENT ON CONSTRAINT hazards_code_word ON register.hazards IS 'needs one word: no blanks, line breaks or characters that cannot be seen / 应为一个词：不能有空格、换行或不可见字符';

COMMENT ON CONSTRAINT hazards_created_at_calendar ON register.hazards IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT hazards_depth_metres_check ON register.hazards IS 'must lie between 0 and 12000 / 须在 0 至 12000 之间';

COMMENT ON CONSTRAINT hazards_flow_check ON register.hazards IS 'must be one of Still, Slow, Fast / 须为以下之一：Still, Slow, Fast';

COMMENT ON CONSTRAINT hazards_kind_check ON register.hazards IS 'must be one of River, Stream, Lake, Reservoir, Pond, Canal, Well, Pit, Weir, Other / 须为以下之一：River, Stream, Lake, Reservoir, Pond, Canal, Well, Pit, Weir, Other';

COMMENT ON CONSTRAINT hazards_last_inspected_at_calendar ON register.hazards IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT hazards_name_check ON register.hazards IS 'needs 1 to 200 characters, not only blanks / 须为 1 至 200 个字符，不能只有空白';

COMMENT ON CONSTRAINT hazards_name_line ON register.hazards IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT hazards_own_grade_by_check ON register.hazards IS 'may have 200 characters / 最多 200 个字符';

COMMENT ON CONSTRAINT hazards_own_grade_by_line ON register.hazards IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT hazards_own_grade_check ON register.hazards IS 'must be one of Red, Orange, Yellow, Blue / 须为以下之一：Red, Orange, Yellow, Blue';

COMMENT ON CONSTRAINT hazards_own_grade_on_calendar ON register.hazards IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT hazards_owner_unit_check ON register.hazards IS 'may have 200 characters / 最多 200 个字符';

COMMENT ON CONSTRAINT hazards_owner_unit_line ON register.hazards IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT hazards_shape_check ON register.hazards IS 'must be a point, a line or an area, or several of one kind: sound, two-dimensional, not empty / 须为有效的点、线或面（可为多部分），二维且非空';

COMMENT ON CONSTRAINT hazards_status_check ON register.hazards IS 'must be one of Active, Rectifying, Closed, Filled / 须为以下之一：Active, Rectifying, Closed, Filled';

COMMENT ON CONSTRAINT hazards_updated_at_calendar ON register.hazards IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE register.visit_rhythm (
    level text NOT NULL,
    time_zone text NOT NULL,
    days integer NOT NULL,
    months integer NOT NULL,
    season_from integer,
    season_to integer,
    noon_from integer,
    noon_to integer,
    dusk_from integer,
    dusk_to integer,
    CONSTRAINT visit_rhythm_check CHECK ((num_nulls(season_from, season_to, noon_from, noon_to, dusk_from, dusk_to) = ANY (ARRAY[0, 6]))),
    CONSTRAINT visit_rhythm_days_check CHECK ((days >= 0)),
    CONSTRAINT visit_rhythm_dusk_from_check CHECK (((dusk_from >= 0) AND (dusk_from <= 1440))),
    CONSTRAINT visit_rhythm_dusk_to_check CHECK (((dusk_to >= 0) AND (dusk_to <= 1440))),
    CONSTRAINT visit_rhythm_level_check CHECK ((level = ANY (ARRAY['Red'::text, 'Orange'::text, 'Yellow'::text, 'Blue'::text]))),
    CONSTRAINT visit_rhythm_months_check CHECK ((months >= 0)),
    CONSTRAINT visit_rhythm_noon_from_check CHECK (((noon_from >= 0) AND (noon_from <= 1440))),
    CONSTRAINT visit_rhythm_noon_to_check CHECK (((noon_to >= 0) AND (noon_to <= 1440)))
);

COMMENT ON CONSTRAINT visit_rhythm_check ON register.visit_rhythm IS ': a season and its two rounds are there together or not at all / ：季节与两轮巡查时段须同时填写或同时为空';

COMMENT ON CONSTRAINT visit_rhythm_days_check ON register.visit_rhythm IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT visit_rhythm_dusk_from_check ON register.visit_rhythm IS 'is a minute of the day, 0 to 1440 / 须为一天中的分钟数（0 至 1440）';

COMMENT ON CONSTRAINT visit_rhythm_dusk_to_check ON register.visit_rhythm IS 'is a minute of the day, 0 to 1440 / 须为一天中的分钟数（0 至 1440）';

COMMENT ON CONSTRAINT visit_rhythm_level_check ON register.visit_rhythm IS 'must be one of Red, Orange, Yellow, Blue / 须为以下之一：Red, Orange, Yellow, Blue';

COMMENT ON CONSTRAINT visit_rhythm_months_check ON register.visit_rhythm IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT visit_rhythm_noon_from_check ON register.visit_rhythm IS 'is a minute of the day, 0 to 1440 / 须为一天中的分钟数（0 至 1440）';

COMMENT ON CONSTRAINT visit_rhythm_noon_to_check ON register.visit_rhythm IS 'is a minute of the day, 0 to 1440 / 须为一天中的分钟数（0 至 1440）';

CREATE VIEW odata.hazards AS
 SELECT h.id,
    h.code,
    h.name,
    h.kind,
    h.shape,
    h.location,
    h.division_code,
    h.depth_metres,
    h.flow,
    h.bank,
    h.access,
    h.has_sign,
    h.has_ring,
    h.has_rope,
    h.has_pole,
    h.has_camera,
    h.owner_unit,
    h.status,
    h.last_inspected_at,
    h.is_synthetic,
    h.source,
    h.created_at,
    h.updated_at,
    h.version,
    h.own_grade,
    h.own_grade_on,
    h.own_grade_by,
    r.score AS risk_score,
    r.level AS risk_level,
    r.rule AS risk_rule,
    r.visits,
    r.deadliness,
    r.deadliness_ratio,
    r.risk_low,
    r.risk_high,
    r.level_held,
    register.other_level(r.level, r.score, r.risk_low, r.risk_high, r.level_held, ( SELECT register.level_bounds() AS level_bounds)) AS other_level,
        CASE
            WHEN register.is_in_force(h.status) THEN register.visit_due(COALESCE(h.last_inspected_at, h.created_at), y.time_zone, y.days, y.months, y.season_from, y.season_to, y.noon_from, y.noon_to, y.dusk_from, y.dusk_to)
            ELSE NULL::timestamp with time zone
        END AS next_inspection_due_at
   FROM ((register.hazards h
     JOIN register.hazard_risks r ON ((r.hazard_id = h.id)))
     LEFT JOIN register.visit_rhythm y ON ((y.level = r.level)));

CREATE FUNCTION odata.hazards_as_of(moment timestamp with time zone) RETURNS SETOF odata.hazards
    LANGUAGE sql STABLE
    AS $_$ SELECT h.id,
    h.code,
    h.name,
    h.kind,
    h.shape,
    h.location,
    h.division_code,
    h.depth_metres,
    h.flow,
    h.bank,
    h.access,
    h.has_sign,
    h.has_ring,
    h.has_rope,
    h.has_pole,
    h.has_camera,
    h.owner_unit,
    h.status,
    h.last_inspected_at,
    h.is_synthetic,
    h.source,
    h.created_at,
    h.updated_at,
    h.version,
    h.own_grade,
    h.own_grade_on,
    h.own_grade_by,
    r.score AS risk_score,
    r.level AS risk_level,
    r.rule AS risk_rule,
    r.visits,
    r.deadliness,
    r.deadliness_ratio,
    r.risk_low,
    r.risk_high,
    r.level_held,
    register.other_level(r.level, r.score, r.risk_low, r.risk_high, r.level_held, ( SELECT register.level_bounds() AS level_bounds)) AS other_level,
        CASE
            WHEN register.is_in_force(h.status) THEN register.visit_due(COALESCE(h.last_inspected_at, h.created_at), y.time_zone, y.days, y.months, y.season_from, y.season_to, y.noon_from, y.noon_to, y.dusk_from, y.dusk_to)
            ELSE NULL::timestamp with time zone
        END AS next_inspection_due_at
   FROM ((register.hazards_as_of($1) h
     JOIN register.hazard_risks_as_of($1) r ON ((r.hazard_id = h.id)))
     LEFT JOIN register.visit_rhythm_as_of($1) y ON ((y.level = r.level)))$_$;

COMMENT ON FUNCTION odata.hazards_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE TABLE register.incidents (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    hazard_id uuid NOT NULL,
    division_code text NOT NULL,
    occurred_on date NOT NULL,
    age_band text NOT NULL,
    outcome text NOT NULL,
    is_synthetic boolean DEFAULT false NOT NULL,
    source text DEFAULT 'HazardMap'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT incidents_age_band_check CHECK ((age_band = ANY (ARRAY['Under5'::text, 'Aged5To14'::text, 'Aged15To59'::text, 'Aged60Plus'::text]))),
    CONSTRAINT incidents_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT incidents_occurred_on_calendar CHECK (register.is_in_calendar(occurred_on)),
    CONSTRAINT incidents_outcome_check CHECK ((outcome = ANY (ARRAY['Rescued'::text, 'Injured'::text, 'Died'::text]))),
    CONSTRAINT incidents_updated_at_calendar CHECK (register.is_in_calendar(updated_at))
);

COMMENT ON CONSTRAINT incidents_age_band_check ON register.incidents IS 'must be one of Under5, Aged5To14, Aged15To59, Aged60Plus / 须为以下之一：Under5, Aged5To14, Aged15To59, Aged60Plus';

COMMENT ON CONSTRAINT incidents_created_at_calendar ON register.incidents IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT incidents_occurred_on_calendar ON register.incidents IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT incidents_outcome_check ON register.incidents IS 'must be one of Rescued, Injured, Died / 须为以下之一：Rescued, Injured, Died';

COMMENT ON CONSTRAINT incidents_updated_at_calendar ON register.incidents IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.incidents AS
 SELECT incidents.id,
    incidents.hazard_id,
    incidents.division_code,
    incidents.occurred_on,
    incidents.age_band,
    incidents.outcome,
    incidents.is_synthetic,
    incidents.source,
    incidents.created_at,
    incidents.updated_at,
    incidents.version
   FROM register.incidents;

CREATE FUNCTION odata.incidents_as_of(moment timestamp with time zone) RETURNS SETOF odata.incidents
    LANGUAGE sql STABLE
    AS $_$ SELECT incidents.id,
    incidents.hazard_id,
    incidents.division_code,
    incidents.occurred_on,
    incidents.age_band,
    incidents.outcome,
    incidents.is_synthetic,
    incidents.source,
    incidents.created_at,
    incidents.updated_at,
    incidents.version
   FROM register.incidents_as_of($1) incidents$_$;

COMMENT ON FUNCTION odata.incidents_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE TABLE register.inspections (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    hazard_id uuid NOT NULL,
    division_code text NOT NULL,
    at timestamp with time zone NOT NULL,
    inspector_id uuid,
    result text NOT NULL,
    has_sign boolean,
    has_ring boolean,
    has_rope boolean,
    has_pole boolean,
    notes text,
    "position" public.geography(Point,4326),
    is_synthetic boolean DEFAULT false NOT NULL,
    source text DEFAULT 'HazardMap'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    children_seen integer,
    children_in_water integer,
    watched_minutes integer,
    device_at timestamp with time zone,
    received_at timestamp with time zone,
    clock_skew_seconds double precision,
    accuracy_metres double precision,
    metres_from_shape double precision,
    corrects_id uuid,
    flags text,
    has_camera boolean,
    depth_metres double precision,
    access text,
    CONSTRAINT inspections_access_check CHECK ((access = ANY (ARRAY['Open'::text, 'Restricted'::text, 'Fenced'::text]))),
    CONSTRAINT inspections_accuracy_metres_check CHECK ((accuracy_metres >= (0)::double precision)),
    CONSTRAINT inspections_at_calendar CHECK (register.is_in_calendar(at)),
    CONSTRAINT inspections_children_in_water_check CHECK ((children_in_water >= 0)),
    CONSTRAINT inspections_children_seen_check CHECK ((children_seen >= 0)),
    CONSTRAINT inspections_corrects_id_check CHECK ((corrects_id <> id)),
    CONSTRAINT inspections_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT inspections_depth_metres_check CHECK (((depth_metres >= (0)::double precision) AND (depth_metres <= (12000)::double precision))),
    CONSTRAINT inspections_device_at_calendar CHECK (register.is_in_calendar(device_at)),
    CONSTRAINT inspections_metres_from_shape_check CHECK ((metres_from_shape >= (0)::double precision)),
    CONSTRAINT inspections_notes_check CHECK ((length(notes) <= 4000)),
    CONSTRAINT inspections_notes_prose CHECK (register.is_prose(notes)),
    CONSTRAINT inspections_received_at_calendar CHECK (register.is_in_calendar(received_at)),
    CONSTRAINT inspections_result_check CHECK ((result = ANY (ARRAY['Safe'::text, 'Defects'::text]))),
    CONSTRAINT inspections_updated_at_calendar CHECK (register.is_in_calendar(updated_at)),
    CONSTRAINT inspections_watched_minutes_check CHECK ((watched_minutes >= 0))
);

COMMENT ON CONSTRAINT inspections_access_check ON register.inspections IS 'must be one of Open, Restricted, Fenced / 须为以下之一：Open, Restricted, Fenced';

COMMENT ON CONSTRAINT inspections_accuracy_metres_check ON register.inspections IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT inspections_at_calendar ON register.inspections IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT inspections_children_in_water_check ON register.inspections IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT inspections_children_seen_check ON register.inspections IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT inspections_corrects_id_check ON register.inspections IS ': an inspection cannot correct itself / ：巡查不能更正自身';

COMMENT ON CONSTRAINT inspections_created_at_calendar ON register.inspections IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT inspections_depth_metres_check ON register.inspections IS 'must lie between 0 and 12000 / 须在 0 至 12000 之间';

COMMENT ON CONSTRAINT inspections_device_at_calendar ON register.inspections IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT inspections_metres_from_shape_check ON register.inspections IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT inspections_notes_check ON register.inspections IS 'may have 4000 characters / 最多 4000 个字符';

COMMENT ON CONSTRAINT inspections_notes_prose ON register.inspections IS 'needs something that can be seen, without control characters other than tabs and line breaks / 应为可见文字：不能只有空白，除制表符和换行外不能有控制字符';

COMMENT ON CONSTRAINT inspections_received_at_calendar ON register.inspections IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT inspections_result_check ON register.inspections IS 'must be one of Safe, Defects / 须为以下之一：Safe, Defects';

COMMENT ON CONSTRAINT inspections_updated_at_calendar ON register.inspections IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT inspections_watched_minutes_check ON register.inspections IS 'cannot be negative / 不能为负数';

CREATE VIEW odata.inspections AS
 SELECT i.id,
    i.hazard_id,
    i.division_code,
    i.at,
    i.device_at,
    i.received_at,
    i.clock_skew_seconds,
    i.inspector_id,
    i.result,
    i.has_sign,
    i.has_ring,
    i.has_rope,
    i.has_pole,
    i.has_camera,
    i.depth_metres,
    i.access,
    i.notes,
    i.children_seen,
    i.children_in_water,
    i.watched_minutes,
    NULL::public.geography(Point,4326) AS "position",
    i.accuracy_metres,
    i.metres_from_shape,
    i.flags,
    i.corrects_id,
    c.id AS corrected_by_id,
    i.is_synthetic,
    i.source,
    i.created_at,
    i.updated_at,
    i.version
   FROM (register.inspections i
     LEFT JOIN register.inspections c ON ((c.corrects_id = i.id)));

CREATE FUNCTION odata.inspections_as_of(moment timestamp with time zone) RETURNS SETOF odata.inspections
    LANGUAGE sql STABLE
    AS $_$ SELECT i.id,
    i.hazard_id,
    i.division_code,
    i.at,
    i.device_at,
    i.received_at,
    i.clock_skew_seconds,
    i.inspector_id,
    i.result,
    i.has_sign,
    i.has_ring,
    i.has_rope,
    i.has_pole,
    i.has_camera,
    i.depth_metres,
    i.access,
    i.notes,
    i.children_seen,
    i.children_in_water,
    i.watched_minutes,
    NULL::public.geography(Point,4326) AS "position",
    i.accuracy_metres,
    i.metres_from_shape,
    i.flags,
    i.corrects_id,
    c.id AS corrected_by_id,
    i.is_synthetic,
    i.source,
    i.created_at,
    i.updated_at,
    i.version
   FROM (register.inspections_as_of($1) i
     LEFT JOIN register.inspections_as_of($1) c ON ((c.corrects_id = i.id)))$_$;

COMMENT ON FUNCTION odata.inspections_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE FUNCTION register.masked_phone(phone text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select case when length(digits) >= 11 then left(digits, 3) || '****' || right(digits, 4)
              else '****' || right(digits, length(digits) / 3) end
  from (select regexp_replace(phone, '[^0-9]', '', 'g') as digits) d
$$;

CREATE TABLE register.people (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    name text NOT NULL,
    phone text,
    unit text,
    post text,
    level text,
    division_code text NOT NULL,
    is_synthetic boolean DEFAULT false NOT NULL,
    source text DEFAULT 'HazardMap'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT people_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT people_level_check CHECK ((level = ANY (ARRAY['Prefecture'::text, 'County'::text, 'Township'::text, 'Village'::text]))),
    CONSTRAINT people_name_check CHECK (((btrim(name) <> ''::text) AND (length(name) <= 200))),
    CONSTRAINT people_name_line CHECK (register.is_line(name)),
    CONSTRAINT people_phone_check CHECK ((length(phone) <= 40)),
    CONSTRAINT people_phone_line CHECK (register.is_line(phone)),
    CONSTRAINT people_post_check CHECK ((length(post) <= 200)),
    CONSTRAINT people_post_line CHECK (register.is_line(post)),
    CONSTRAINT people_unit_check CHECK ((length(unit) <= 200)),
    CONSTRAINT people_unit_line CHECK (register.is_line(unit)),
    CONSTRAINT people_updated_at_calendar CHECK (register.is_in_calendar(updated_at))
);

COMMENT ON CONSTRAINT people_created_at_calendar ON register.people IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT people_level_check ON register.people IS 'must be one of Prefecture, County, Township, Village / 须为以下之一：Prefecture, County, Township, Village';

COMMENT ON CONSTRAINT people_name_check ON register.people IS 'needs 1 to 200 characters, not only blanks / 须为 1 至 200 个字符，不能只有空白';

COMMENT ON CONSTRAINT people_name_line ON register.people IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT people_phone_check ON register.people IS 'may have 40 characters / 最多 40 个字符';

COMMENT ON CONSTRAINT people_phone_line ON register.people IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT people_post_check ON register.people IS 'may have 200 characters / 最多 200 个字符';

COMMENT ON CONSTRAINT people_post_line ON register.people IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT people_unit_check ON register.people IS 'may have 200 characters / 最多 200 个字符';

COMMENT ON CONSTRAINT people_unit_line ON register.people IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT people_updated_at_calendar ON register.people IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.people AS
 SELECT people.id,
    people.name,
    register.masked_phone(people.phone) AS phone,
    people.unit,
    people.post,
    people.level,
    people.division_code,
    people.is_synthetic,
    people.source,
    people.created_at,
    people.updated_at,
    people.version
   FROM register.people;

CREATE FUNCTION odata.people_as_of(moment timestamp with time zone) RETURNS SETOF odata.people
    LANGUAGE sql STABLE
    AS $_$ SELECT people.id,
    people.name,
    register.masked_phone(people.phone) AS phone,
    people.unit,
    people.post,
    people.level,
    people.division_code,
    people.is_synthetic,
    people.source,
    people.created_at,
    people.updated_at,
    people.version
   FROM register.people_as_of($1) people$_$;

COMMENT ON FUNCTION odata.people_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE TABLE register.photos (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    inspection_id uuid NOT NULL,
    division_code text NOT NULL,
    media_type text NOT NULL,
    size_bytes integer NOT NULL,
    taken_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    sha256 text,
    received_sha256 text,
    print text,
    duplicate_of_id uuid,
    created_by text DEFAULT register.actor() NOT NULL,
    CONSTRAINT photos_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT photos_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text]))),
    CONSTRAINT photos_print_check CHECK ((print ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT photos_received_sha256_check CHECK ((received_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT photos_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT photos_size_bytes_check CHECK ((size_bytes > 0)),
    CONSTRAINT photos_taken_at_calendar CHECK (register.is_in_calendar(taken_at)),
    CONSTRAINT photos_updated_at_calendar CHECK (register.is_in_calendar(updated_at))
);

COMMENT ON CONSTRAINT photos_created_at_calendar ON register.photos IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT photos_media_type_check ON register.photos IS 'must be one of image/jpeg, image/png, image/webp / 须为以下之一：image/jpeg, image/png, image/webp';

COMMENT ON CONSTRAINT photos_print_check ON register.photos IS 'needs 64 hexadecimal digits / 须为 64 位十六进制数字';

COMMENT ON CONSTRAINT photos_received_sha256_check ON register.photos IS 'needs 64 hexadecimal digits / 须为 64 位十六进制数字';

COMMENT ON CONSTRAINT photos_sha256_check ON register.photos IS 'needs 64 hexadecimal digits / 须为 64 位十六进制数字';

COMMENT ON CONSTRAINT photos_size_bytes_check ON register.photos IS 'must be more than 0 / 须大于 0';

COMMENT ON CONSTRAINT photos_taken_at_calendar ON register.photos IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT photos_updated_at_calendar ON register.photos IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.photos AS
 SELECT photos.id,
    photos.inspection_id,
    photos.division_code,
    photos.media_type,
    photos.size_bytes,
    photos.sha256,
    photos.received_sha256,
    photos.print,
    photos.duplicate_of_id,
    photos.taken_at,
    photos.created_at,
    photos.created_by,
    photos.version
   FROM register.photos;

CREATE FUNCTION odata.photos_as_of(moment timestamp with time zone) RETURNS SETOF odata.photos
    LANGUAGE sql STABLE
    AS $_$ SELECT photos.id,
    photos.inspection_id,
    photos.division_code,
    photos.media_type,
    photos.size_bytes,
    photos.sha256,
    photos.received_sha256,
    photos.print,
    photos.duplicate_of_id,
    photos.taken_at,
    photos.created_at,
    photos.created_by,
    photos.version
   FROM register.photos_as_of($1) photos$_$;

COMMENT ON FUNCTION odata.photos_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE FUNCTION register.field_today() RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select register.field_day(now()) $$;

CREATE FUNCTION register.next_steps(state text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case state
    when 'Found' then 'Assign' when 'Assigned' then 'Complete' when 'Done' then 'Verify,Reopen' when 'Verified' then 'Close,Reopen'
    when 'Closed' then 'Reopen' when 'Reopened' then 'Assign' end
$$;

CREATE TABLE register.rectifications (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    hazard_id uuid,
    facility_id uuid,
    division_code text NOT NULL,
    found_at timestamp with time zone NOT NULL,
    description text NOT NULL,
    due_on date,
    state text DEFAULT 'Found'::text NOT NULL,
    assigned_to_id uuid,
    done_by_id uuid,
    verified_by_id uuid,
    is_synthetic boolean DEFAULT false NOT NULL,
    source text DEFAULT 'HazardMap'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    category text,
    severity text,
    unit_name text,
    cost double precision,
    inspection_id uuid,
    before_photo_id uuid,
    after_photo_id uuid,
    escalated_to text,
    number text,
    CONSTRAINT rectifications_category_check CHECK ((category = ANY (ARRAY['Sign'::text, 'RescueGear'::text, 'Fence'::text, 'Bank'::text, 'Building'::text, 'Electric'::text, 'FireExit'::text, 'Environment'::text, 'Other'::text]))),
    CONSTRAINT rectifications_check CHECK ((verified_by_id <> done_by_id)),
    CONSTRAINT rectifications_check1 CHECK ((num_nonnulls(hazard_id, facility_id) = 1)),
    CONSTRAINT rectifications_cost_check CHECK (((cost >= (0)::double precision) AND (cost < 'Infinity'::double precision))),
    CONSTRAINT rectifications_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT rectifications_description_check CHECK (((btrim(description) <> ''::text) AND (length(description) <= 4000))),
    CONSTRAINT rectifications_description_prose CHECK (register.is_prose(description)),
    CONSTRAINT rectifications_due_on_calendar CHECK (register.is_in_calendar(due_on)),
    CONSTRAINT rectifications_escalated_to_check CHECK ((escalated_to = ANY (ARRAY['Prefecture'::text, 'County'::text, 'Township'::text, 'Village'::text]))),
    CONSTRAINT rectifications_found_at_calendar CHECK (register.is_in_calendar(found_at)),
    CONSTRAINT rectifications_severity_check CHECK ((severity = ANY (ARRAY['Minor'::text, 'Serious'::text, 'Grave'::text]))),
    CONSTRAINT rectifications_state_check CHECK ((state = ANY (ARRAY['Found'::text, 'Assigned'::text, 'Done'::text, 'Verified'::text, 'Closed'::text, 'Reopened'::text]))),
    CONSTRAINT rectifications_unit_name_check CHECK ((length(unit_name) <= 200)),
    CONSTRAINT rectifications_unit_name_line CHECK (register.is_line(unit_name)),
    CONSTRAINT rectifications_updated_at_calendar CHECK (register.is_in_calendar(updated_at))
);

COMMENT ON CONSTRAINT rectifications_category_check ON register.rectifications IS 'must be one of Sign, RescueGear, Fence, Bank, Building, Electric, FireExit, Environment, Other / 须为以下之一：Sign, RescueGear, Fence, Bank, Building, Electric, FireExit, Environment, Other';

COMMENT ON CONSTRAINT rectifications_check ON register.rectifications IS ': who verified it must be another person than who put it right / ：复核人与整改人须为不同的人';

COMMENT ON CONSTRAINT rectifications_check1 ON register.rectifications IS ': name either a water or a facility / ：水域与设施须且只能填写一项';

COMMENT ON CONSTRAINT rectifications_cost_check ON register.rectifications IS 'must be 0 or more and finite / 须为有限的非负数';

COMMENT ON CONSTRAINT rectifications_created_at_calendar ON register.rectifications IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT rectifications_description_check ON register.rectifications IS 'needs 1 to 4000 characters, not only blanks / 须为 1 至 4000 个字符，不能只有空白';

COMMENT ON CONSTRAINT rectifications_description_prose ON register.rectifications IS 'needs something that can be seen, without control characters other than tabs and line breaks / 应为可见文字：不能只有空白，除制表符和换行外不能有控制字符';

COMMENT ON CONSTRAINT rectifications_due_on_calendar ON register.rectifications IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT rectifications_escalated_to_check ON register.rectifications IS 'must be one of Prefecture, County, Township, Village / 须为以下之一：Prefecture, County, Township, Village';

COMMENT ON CONSTRAINT rectifications_found_at_calendar ON register.rectifications IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT rectifications_severity_check ON register.rectifications IS 'must be one of Minor, Serious, Grave / 须为以下之一：Minor, Serious, Grave';

COMMENT ON CONSTRAINT rectifications_state_check ON register.rectifications IS 'must be one of Found, Assigned, Done, Verified, Closed, Reopened / 须为以下之一：Found, Assigned, Done, Verified, Closed, Reopened';

COMMENT ON CONSTRAINT rectifications_unit_name_check ON register.rectifications IS 'may have 200 characters / 最多 200 个字符';

COMMENT ON CONSTRAINT rectifications_unit_name_line ON register.rectifications IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT rectifications_updated_at_calendar ON register.rectifications IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.rectifications AS
 SELECT r.id,
    r.hazard_id,
    r.facility_id,
    r.division_code,
    r.found_at,
    r.description,
    r.due_on,
    r.state,
    r.assigned_to_id,
    r.done_by_id,
    r.verified_by_id,
    r.is_synthetic,
    r.source,
    r.created_at,
    r.updated_at,
    r.version,
    r.category,
    r.severity,
    r.unit_name,
    r.cost,
    r.inspection_id,
    r.before_photo_id,
    r.after_photo_id,
    r.escalated_to,
    r.number,
    register.next_steps(r.state) AS next_steps,
    ((r.state = ANY (ARRAY['Found'::text, 'Assigned'::text, 'Reopened'::text])) AND (r.due_on < ( SELECT register.field_today() AS field_today))) AS is_overdue,
    ((r.state <> 'Closed'::text) AND ((r.escalated_to IS NOT NULL) OR COALESCE((r.severity = 'Grave'::text), false))) AS is_hung
   FROM register.rectifications r;

CREATE FUNCTION odata.rectifications_as_of(moment timestamp with time zone) RETURNS SETOF odata.rectifications
    LANGUAGE sql STABLE
    AS $_$ SELECT r.id,
    r.hazard_id,
    r.facility_id,
    r.division_code,
    r.found_at,
    r.description,
    r.due_on,
    r.state,
    r.assigned_to_id,
    r.done_by_id,
    r.verified_by_id,
    r.is_synthetic,
    r.source,
    r.created_at,
    r.updated_at,
    r.version,
    r.category,
    r.severity,
    r.unit_name,
    r.cost,
    r.inspection_id,
    r.before_photo_id,
    r.after_photo_id,
    r.escalated_to,
    r.number,
    register.next_steps(r.state) AS next_steps,
    ((r.state = ANY (ARRAY['Found'::text, 'Assigned'::text, 'Reopened'::text])) AND (r.due_on < ( SELECT register.field_day($1) AS field_today))) AS is_overdue,
    ((r.state <> 'Closed'::text) AND ((r.escalated_to IS NOT NULL) OR COALESCE((r.severity = 'Grave'::text), false))) AS is_hung
   FROM register.rectifications_as_of($1) r$_$;

COMMENT ON FUNCTION odata.rectifications_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE TABLE register.responsibilities (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    person_id uuid NOT NULL,
    hazard_id uuid,
    facility_id uuid,
    division_code text NOT NULL,
    role text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    is_synthetic boolean DEFAULT false NOT NULL,
    source text DEFAULT 'HazardMap'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT responsibilities_check CHECK ((valid_to > valid_from)),
    CONSTRAINT responsibilities_check1 CHECK ((num_nonnulls(hazard_id, facility_id) = 1)),
    CONSTRAINT responsibilities_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT responsibilities_role_check CHECK ((role = ANY (ARRAY['Leader'::text, 'Owner'::text, 'Warden'::text, 'Inspector'::text, 'Rescuer'::text]))),
    CONSTRAINT responsibilities_updated_at_calendar CHECK (register.is_in_calendar(updated_at)),
    CONSTRAINT responsibilities_valid_from_calendar CHECK (register.is_in_calendar(valid_from)),
    CONSTRAINT responsibilities_valid_to_calendar CHECK (register.is_in_calendar(valid_to))
);

COMMENT ON CONSTRAINT responsibilities_check ON register.responsibilities IS ': ValidTo must be later than ValidFrom / ：终止日期须晚于起始日期';

COMMENT ON CONSTRAINT responsibilities_check1 ON register.responsibilities IS ': name either a water or a facility / ：水域与设施须且只能填写一项';

COMMENT ON CONSTRAINT responsibilities_created_at_calendar ON register.responsibilities IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT responsibilities_role_check ON register.responsibilities IS 'must be one of Leader, Owner, Warden, Inspector, Rescuer / 须为以下之一：Leader, Owner, Warden, Inspector, Rescuer';

COMMENT ON CONSTRAINT responsibilities_updated_at_calendar ON register.responsibilities IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT responsibilities_valid_from_calendar ON register.responsibilities IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT responsibilities_valid_to_calendar ON register.responsibilities IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.responsibilities AS
 SELECT responsibilities.id,
    responsibilities.person_id,
    responsibilities.hazard_id,
    responsibilities.facility_id,
    responsibilities.division_code,
    responsibilities.role,
    responsibilities.valid_from,
    responsibilities.valid_to,
    responsibilities.is_synthetic,
    responsibilities.source,
    responsibilities.created_at,
    responsibilities.updated_at,
    responsibilities.version
   FROM register.responsibilities;

CREATE FUNCTION odata.responsibilities_as_of(moment timestamp with time zone) RETURNS SETOF odata.responsibilities
    LANGUAGE sql STABLE
    AS $_$ SELECT responsibilities.id,
    responsibilities.person_id,
    responsibilities.hazard_id,
    responsibilities.facility_id,
    responsibilities.division_code,
    responsibilities.role,
    responsibilities.valid_from,
    responsibilities.valid_to,
    responsibilities.is_synthetic,
    responsibilities.source,
    responsibilities.created_at,
    responsibilities.updated_at,
    responsibilities.version
   FROM register.responsibilities_as_of($1) responsibilities$_$;

COMMENT ON FUNCTION odata.responsibilities_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE TABLE register.risk_level_changes (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    hazard_id uuid NOT NULL,
    division_code text NOT NULL,
    from_level text,
    to_level text NOT NULL,
    from_score double precision,
    to_score double precision NOT NULL,
    rule text NOT NULL,
    cause text NOT NULL,
    run_id uuid,
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    changed_by text DEFAULT register.actor() NOT NULL,
    CONSTRAINT risk_level_changes_cause_check CHECK ((cause = ANY (ARRAY['Edit'::text, 'Run'::text, 'Import'::text, 'Queue'::text]))),
    CONSTRAINT risk_level_changes_changed_at_calendar CHECK (register.is_in_calendar(changed_at)),
    CONSTRAINT risk_level_changes_check CHECK ((from_level IS DISTINCT FROM to_level)),
    CONSTRAINT risk_level_changes_from_level_check CHECK ((from_level = ANY (ARRAY['Red'::text, 'Orange'::text, 'Yellow'::text, 'Blue'::text]))),
    CONSTRAINT risk_level_changes_to_level_check CHECK ((to_level = ANY (ARRAY['Red'::text, 'Orange'::text, 'Yellow'::text, 'Blue'::text])))
);

COMMENT ON CONSTRAINT risk_level_changes_cause_check ON register.risk_level_changes IS 'must be one of Edit, Run, Import, Queue / 须为以下之一：Edit, Run, Import, Queue';

COMMENT ON CONSTRAINT risk_level_changes_changed_at_calendar ON register.risk_level_changes IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT risk_level_changes_check ON register.risk_level_changes IS ': the levels before and after must differ / ：前后等级须不同';

COMMENT ON CONSTRAINT risk_level_changes_from_level_check ON register.risk_level_changes IS 'must be one of Red, Orange, Yellow, Blue / 须为以下之一：Red, Orange, Yellow, Blue';

COMMENT ON CONSTRAINT risk_level_changes_to_level_check ON register.risk_level_changes IS 'must be one of Red, Orange, Yellow, Blue / 须为以下之一：Red, Orange, Yellow, Blue';

CREATE VIEW odata.risk_level_changes AS
 SELECT risk_level_changes.id,
    risk_level_changes.hazard_id,
    risk_level_changes.division_code,
    risk_level_changes.from_level,
    risk_level_changes.to_level,
    risk_level_changes.from_score,
    risk_level_changes.to_score,
    risk_level_changes.rule,
    risk_level_changes.cause,
    risk_level_changes.run_id,
    risk_level_changes.changed_at,
    risk_level_changes.changed_by
   FROM register.risk_level_changes;

CREATE FUNCTION odata.risk_level_changes_as_of(moment timestamp with time zone) RETURNS SETOF odata.risk_level_changes
    LANGUAGE sql STABLE
    AS $_$ SELECT risk_level_changes.id,
    risk_level_changes.hazard_id,
    risk_level_changes.division_code,
    risk_level_changes.from_level,
    risk_level_changes.to_level,
    risk_level_changes.from_score,
    risk_level_changes.to_score,
    risk_level_changes.rule,
    risk_level_changes.cause,
    risk_level_changes.run_id,
    risk_level_changes.changed_at,
    risk_level_changes.changed_by
   FROM register.risk_level_changes_as_of($1) risk_level_changes$_$;

COMMENT ON FUNCTION odata.risk_level_changes_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE TABLE register.settlements (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    code text NOT NULL,
    name text,
    kind text DEFAULT 'Place'::text NOT NULL,
    location public.geography(Point,4326) NOT NULL,
    division_code text NOT NULL,
    weight double precision DEFAULT 1 NOT NULL,
    is_synthetic boolean DEFAULT false NOT NULL,
    source text DEFAULT 'HazardMap'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT settlements_code_check CHECK (((code <> ''::text) AND (length(code) <= 64))),
    CONSTRAINT settlements_code_word CHECK (register.is_word(code)),
    CONSTRAINT settlements_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT settlements_kind_check CHECK ((kind = ANY (ARRAY['Building'::text, 'Place'::text]))),
    CONSTRAINT settlements_location_check CHECK (register.is_sound(location)),
    CONSTRAINT settlements_name_check CHECK ((length(name) <= 200)),
    CONSTRAINT settlements_name_line CHECK (register.is_line(name)),
    CONSTRAINT settlements_updated_at_calendar CHECK (register.is_in_calendar(updated_at)),
    CONSTRAINT settlements_weight_check CHECK (((weight >= (0)::double precision) AND (weight <= (1000000000)::double precision)))
);

COMMENT ON CONSTRAINT settlements_code_check ON register.settlements IS 'needs 1 to 64 characters / 须为 1 至 64 个字符';

COMMENT ON CONSTRAINT settlements_code_word ON register.settlements IS 'needs one word: no blanks, line breaks or characters that cannot be seen / 应为一个词：不能有空格、换行或不可见字符';

COMMENT ON CONSTRAINT settlements_created_at_calendar ON register.settlements IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT settlements_kind_check ON register.settlements IS 'must be one of Building, Place / 须为以下之一：Building, Place';

COMMENT ON CONSTRAINT settlements_location_check ON register.settlements IS 'must be a sound shape: two-dimensional, not empty, not crossing itself / 须为有效图形：二维、非空、不自相交';

COMMENT ON CONSTRAINT settlements_name_check ON register.settlements IS 'may have 200 characters / 最多 200 个字符';

COMMENT ON CONSTRAINT settlements_name_line ON register.settlements IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT settlements_updated_at_calendar ON register.settlements IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT settlements_weight_check ON register.settlements IS 'must lie between 0 and 1000000000 / 须在 0 至 1000000000 之间';

CREATE VIEW odata.settlements AS
 SELECT settlements.id,
    settlements.code,
    settlements.name,
    settlements.kind,
    settlements.location,
    settlements.division_code,
    settlements.weight,
    settlements.is_synthetic,
    settlements.source,
    settlements.created_at,
    settlements.updated_at,
    settlements.version
   FROM register.settlements;

CREATE FUNCTION odata.settlements_as_of(moment timestamp with time zone) RETURNS SETOF odata.settlements
    LANGUAGE sql STABLE
    AS $_$ SELECT settlements.id,
    settlements.code,
    settlements.name,
    settlements.kind,
    settlements.location,
    settlements.division_code,
    settlements.weight,
    settlements.is_synthetic,
    settlements.source,
    settlements.created_at,
    settlements.updated_at,
    settlements.version
   FROM register.settlements_as_of($1) settlements$_$;

COMMENT ON FUNCTION odata.settlements_as_of(moment timestamp with time zone) IS 'made by views/views_as_of.sql';

CREATE FUNCTION register.add_incidents(hazards uuid[], each_counts integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if each_counts > 0 then
    insert into hazard_incidents as c (hazard_id, incidents)
    select h, count(*) * each_counts from unnest(hazards) h group by h order by h
    on conflict (hazard_id) do update set incidents = c.incidents + excluded.incidents;
  else
    update hazard_incidents c set incidents = c.incidents + n * each_counts
    from (select h, count(*) as n from unnest(hazards) h group by h order by h) s where c.hazard_id = s.h;
  end if;
  perform queue_risks(hazards, null);
end $$;

CREATE FUNCTION register.announce_accounts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  perform pg_notify('hazardmap_accounts', '');
  return null;
end $$;

CREATE FUNCTION register.announce_layers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  stale text;
begin
  foreach stale in array tg_argv[1]::text[] loop
    if coalesce(current_setting('hazardmap.redrawn_' || stale, true), '') = '' then
      insert into register.map_changes (layer) values (stale);
      perform set_config('hazardmap.redrawn_' || stale, 'yes', true);   -- once a transaction; a savepoint takes it back
    end if;
  end loop;
  perform register.notify_many(tg_argv[0]);
  return null;
end $$;

CREATE FUNCTION register.announce_level_changes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  touched constant bigint := (select count(*) from inserted);
begin
  if touched = 0 then return null; end if;
  insert into outbox (topic, subject, payload)
  select 'RiskLevelChanged', hazard_id::text, jsonb_build_object(
    'hazardId', hazard_id, 'divisionCode', division_code, 'from', from_level, 'to', to_level,
    'fromScore', from_score, 'toScore', to_score, 'rule', rule, 'cause', cause, 'changedAt', changed_at)
  from inserted;
  if not may_announce_singly('RiskLevelChanges', 'hazards', touched) then return null; end if;
  perform pg_notify('hazardmap_changes', json_build_object(
    'entity', 'RiskLevelChanges', 'id', a.hazard_id, 'division', a.division_code, 'from', a.from_level, 'to', a.to_level,
    'lon', trim_scale(round(st_x(h.location::geometry)::numeric, 7)),
    'lat', trim_scale(round(st_y(h.location::geometry)::numeric, 7)))::text)
  from inserted a join hazards h on h.id = a.hazard_id;
  return null;
end $$;

CREATE FUNCTION register.announce_reaches() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  touched bigint;
begin
  select count(*) into touched from (select from changed limit 101) t;
  if touched = 0 or not may_announce_singly('Reaches', 'reaches', touched) then return null; end if;
  insert into map_changes (layer, west, south, east, north)
  select 'reaches', st_xmin(s), st_ymin(s), st_xmax(s), st_ymax(s) from (select shape::geometry as s from changed) c;
  perform notify_changed('Reaches', c.hazard_id::text, st_pointonsurface(c.shape::geometry), h.division_code)
  from changed c left join hazards h on h.id = c.hazard_id;
  return null;
end $$;

CREATE FUNCTION register.announce_rows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $_$
declare
  old_values constant text := (select string_agg(format('o.%I', c), ', ') from unnest(tg_argv[3]::text[]) c);
  new_values constant text := (select string_agg(format('n.%I', c), ', ') from unnest(tg_argv[3]::text[]) c);
  changes constant text := case tg_op
    when 'INSERT' then format(
      'select n.id, n.location::geometry as place, n.division_code as division, null as former, true as redrawn,
              null::geometry as was, n.%I::geometry as is_now
       from inserted n', tg_argv[2])
    when 'DELETE' then format(
      'select o.id, o.location::geometry as place, o.division_code as division, null as former, true as redrawn,
              o.%I::geometry as was, null::geometry as is_now
       from deleted o', tg_argv[2])
    else format(
      'select n.id, n.location::geometry as place, n.division_code as division,
              nullif(o.division_code, n.division_code) as former, (%2$s) is distinct from (%3$s) as redrawn,
              o.%1$I::geometry as was, n.%1$I::geometry as is_now
       from updated_to n join updated_from o using (id) where n.version <> o.version', tg_argv[2], old_values, new_values) end;
  touched bigint;
begin
  execute format('select count(*) from (select 1 from %s limit 101) t',
                 case tg_op when 'INSERT' then 'inserted' when 'DELETE' then 'deleted' else 'updated_to' end) into touched;
  if touched <= 100 then
    execute format('select count(*) from (%s) c', changes) into touched;
  end if;
  if touched = 0 or not register.may_announce_singly(tg_argv[0], tg_argv[1], touched) then return null; end if;
  execute format(
    'with changes as materialized (%s),
     logged as (
       insert into register.map_changes (layer, west, south, east, north)
       select distinct $1, st_xmin(b), st_ymin(b), st_xmax(b), st_ymax(b)
       from changes c cross join lateral (values (c.was), (c.is_now)) v(b) where c.redrawn and b is not null)
     select count(register.notify_changed($2, id::text, place, d))
     from changes cross join lateral (values (division), (former)) v(d) where d is not null', changes)
  using tg_argv[1], tg_argv[0] into touched;
  return null;
end $_$;

CREATE FUNCTION register.announce_scores() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  touched bigint := (select count(*) from (select 1 from updated_to limit 101) t);
begin
  if touched <= 100 then
    select count(*) into touched
    from updated_to n join updated_from o using (hazard_id)
    where (n.score, n.level, n.visits, n.deadliness, n.level_held)
      is distinct from (o.score, o.level, o.visits, o.deadliness, o.level_held);
  end if;
  if touched = 0 or not may_announce_singly('Hazards', 'hazards', touched) then return null; end if;
  with changes as materialized (
    select h.id, h.location::geometry as place, h.division_code, h.shape::geometry as shape
    from updated_to n join updated_from o using (hazard_id) join hazards h on h.id = n.hazard_id
    where (n.score, n.level, n.visits, n.deadliness, n.level_held)
      is distinct from (o.score, o.level, o.visits, o.deadliness, o.level_held)),
  logged as (
    insert into map_changes (layer, west, south, east, north)
    select 'hazards', st_xmin(shape), st_ymin(shape), st_xmax(shape), st_ymax(shape) from changes)
  select count(notify_changed('Hazards', id::text, place, division_code)) into touched from changes;
  return null;
end $$;

CREATE FUNCTION register.announce_visits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  insert into map_changes (layer, west, south, east, north) values ('visits', new.west, new.south, new.east, new.north);
  return null;
end $$;

CREATE FUNCTION register.announce_ways() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  changed constant text := case tg_op
    when 'INSERT' then 'select facility_id, geom from inserted'
    when 'DELETE' then 'select facility_id, geom from deleted'
    else 'select facility_id, geom from updated_from union all select facility_id, geom from updated_to' end;
  touched bigint;
begin
  execute format('select count(*) from (select from (%s) c limit 101) t', changed) into touched;
  if touched = 0 or not may_announce_singly('Ways', 'ways', touched) then return null; end if;
  execute format(
    'with changes as materialized (%s),
     logged as (
       insert into map_changes (layer, west, south, east, north)
       select distinct ''ways'', st_xmin(geom), st_ymin(geom), st_xmax(geom), st_ymax(geom) from changes)
     select count(notify_changed(''Ways'', c.facility_id::text, st_pointonsurface(c.geom), f.division_code))
     from changes c left join facilities f on f.id = c.facility_id', changed) into touched;
  return null;
end $$;

CREATE FUNCTION register.climb_rectifications() RETURNS integer
    LANGUAGE sql
    AS $$
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

CREATE FUNCTION register.count_incidents() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if tg_op = 'INSERT' then
    perform add_incidents(array(select hazard_id from inserted), 1);
  elsif tg_op = 'DELETE' then
    perform add_incidents(array(select hazard_id from deleted), -1);
  else
    perform add_incidents(array(select hazard_id from updated_from), -1);
    perform add_incidents(array(select hazard_id from updated_to), 1);
  end if;
  return null;
end $$;

CREATE FUNCTION register.count_map_cells() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $_$
declare
  rows_of constant text := format('select %s as across, %s as down, %s as class', tg_argv[1], tg_argv[2], tg_argv[3]);
  changed constant text := case tg_op
    when 'INSERT' then format('%s, 1 as n from inserted', rows_of)
    when 'DELETE' then format('%s, -1 as n from deleted', rows_of)
    else format('%1$s, 1 as n from updated_to union all %1$s, -1 as n from updated_from', rows_of) end;
begin
  execute format(
    'insert into register.map_cells (layer, cell_row, cell_column, class, count, across, down)
     select $1, down >> 20, across >> 20, class, sum(n), sum(n * across::bigint), sum(n * down::bigint)
     from (%s) changed group by 2, 3, 4
     having sum(n) <> 0 or sum(n * across::bigint) <> 0 or sum(n * down::bigint) <> 0', changed) using tg_argv[0];
  return null;
end $_$;

CREATE FUNCTION register.deadline_days(severity text) RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select coalesce((select days from register.deadline_rhythm d where d.severity = coalesce(deadline_days.severity, 'Minor')), 30)
$$;

CREATE FUNCTION register.division_above(code text, level text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select d.code from register.divisions d
  where d.level = division_above.level and starts_with(division_above.code, d.code) order by length(d.code) desc limit 1
$$;

CREATE FUNCTION register.division_at(place public.geography) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select code from register.divisions
  where st_covers(boundary::geometry, place::geometry)
    and valid_from <= current_date and (valid_to is null or valid_to > current_date)
  order by st_area(boundary::geometry), code limit 1
$$;

CREATE FUNCTION register.divisions_as_of(moment timestamp with time zone) RETURNS SETOF register.divisions
    LANGUAGE sql STABLE
    AS $$
  -- what nothing has happened to since
  select t.* from register.divisions t
  where not exists (select from register.history h where h.entity = 'Divisions' and h.entity_id = t.code::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select t.code, r.name, r.level, r.parent_code, r.boundary, r.centre, r.population, r.children, r.elders, r.valid_from, r.valid_to, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version, r.aged_1_to_4, r.aged_5_to_14, r.residence, r.incidents_complete_since
  from register.divisions t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Divisions' and b.entity_id = t.code::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = 'Divisions' and h.entity_id = t.code::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = 'Divisions' and h.entity_id = t.code::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select p.code, r.name, r.level, r.parent_code, r.boundary, r.centre, r.population, r.children, r.elders, r.valid_from, r.valid_to, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version, r.aged_1_to_4, r.aged_5_to_14, r.residence, r.incidents_complete_since
  from register.history d
  cross join lateral (
    select d.entity_id::text as code,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Divisions' and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = 'Divisions' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.divisions, d.fields || p.fields) r
  where d.entity = 'Divisions' and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = 'Divisions' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$$;

COMMENT ON FUNCTION register.divisions_as_of(moment timestamp with time zone) IS 'made by functions/rows_as_of.sql';

CREATE FUNCTION register.drop_contents_of_photos() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  delete from register.photo_contents c using deleted d where c.photo_id = d.id;
  delete from register.photo_origins o using deleted d where o.photo_id = d.id;
  return null;
end $$;

CREATE FUNCTION register.end_of_area(area text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ select area || case when strpos(area, '.') > 0 then '/' else '{' end $$;

CREATE FUNCTION register.end_overlong_reads(allowed interval) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
  select count(*) filter (where pg_terminate_backend(pid))::integer
  from (select pid from pg_stat_activity
        where usename = 'hazardmap_reader' and datname = current_database() and xact_start < clock_timestamp() - allowed
        offset 0) overlong
$$;

CREATE FUNCTION register.facilities_as_of(moment timestamp with time zone) RETURNS SETOF register.facilities
    LANGUAGE sql STABLE
    AS $$
  -- what nothing has happened to since
  select t.* from register.facilities t
  where not exists (select from register.history h where h.entity = 'Facilities' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select t.id, r.code, r.name, r.kind, r.location, r.division_code, r.capacity, r.under5, r.aged_5_to_14, r.aged_60_plus, r.counts_estimated, r.status, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version, r.stages, r.boarders, r.places, r.open_from, r.open_to, r.turns
  from register.facilities t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Facilities' and b.entity_id = t.id::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = 'Facilities' and h.entity_id = t.id::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = 'Facilities' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select p.id, r.code, r.name, r.kind, r.location, r.division_code, r.capacity, r.under5, r.aged_5_to_14, r.aged_60_plus, r.counts_estimated, r.status, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version, r.stages, r.boarders, r.places, r.open_from, r.open_to, r.turns
  from register.history d
  cross join lateral (
    select d.entity_id::uuid as id,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Facilities' and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = 'Facilities' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.facilities, d.fields || p.fields) r
  where d.entity = 'Facilities' and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = 'Facilities' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$$;

COMMENT ON FUNCTION register.facilities_as_of(moment timestamp with time zone) IS 'made by functions/rows_as_of.sql';

CREATE FUNCTION register.field_day(moment timestamp with time zone) RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select (moment at time zone coalesce((select time_zone from register.field_rhythm), 'UTC'))::date
$$;

CREATE FUNCTION register.fold_map_cells() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if not pg_try_advisory_xact_lock(hashtext('hazardmap.fold')) then return; end if;
  with gone as (delete from map_cells returning *)
  insert into map_cells (layer, cell_row, cell_column, class, count, across, down)
  select layer, cell_row, cell_column, class, sum(count), sum(across), sum(down)
  from gone group by 1, 2, 3, 4 having sum(count) <> 0;
end $$;

CREATE FUNCTION register.forget_map_cells() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  delete from register.map_cells where layer = tg_argv[0];
  return null;
end $$;

CREATE TABLE register.history (
    id bigint NOT NULL,
    entity text NOT NULL,
    entity_id text NOT NULL,
    division_code text,
    operation text NOT NULL,
    version integer NOT NULL,
    fields jsonb NOT NULL,
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    changed_by text NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT history_changed_at_calendar CHECK (register.is_in_calendar(changed_at)),
    CONSTRAINT history_operation_check CHECK ((operation = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text])))
);

COMMENT ON CONSTRAINT history_changed_at_calendar ON register.history IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT history_operation_check ON register.history IS 'must be one of insert, update, delete / 须为以下之一：insert, update, delete';

CREATE FUNCTION register.former(h register.history, field text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case h.operation
    when 'delete' then h.fields ->> field
    when 'update' then h.fields -> field ->> 0 end
$$;

CREATE FUNCTION register.former_division(h register.history) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select coalesce(register.former(h, 'division_code'), case h.operation when 'update' then h.division_code end)
$$;

CREATE FUNCTION register.hazard_risks_as_of(moment timestamp with time zone) RETURNS TABLE(hazard_id uuid, score double precision, level text, rule text, visits double precision, deadliness text, deadliness_ratio double precision, risk_low double precision, risk_high double precision, level_held double precision)
    LANGUAGE sql STABLE
    AS $$
  select w.id, null::double precision,
         coalesce(
           (select c.to_level from register.risk_level_changes c where c.hazard_id = w.id and c.changed_at <= moment
            order by c.changed_at desc limit 1),
           case when (select min(r.finished_at) from register.risk_runs r where r.state = 'Done') <= moment then
             case when exists (select from register.risk_level_changes c where c.hazard_id = w.id and c.changed_at > moment)
               then (select c.from_level from register.risk_level_changes c where c.hazard_id = w.id and c.changed_at > moment
                     order by c.changed_at limit 1)
               else (select r.level from register.hazard_risks r where r.hazard_id = w.id) end end),
         null::text, null::double precision, null::text, null::double precision, null::double precision, null::double precision,
         null::double precision
  from (select id from register.hazards
        union
        select d.entity_id::uuid from register.history d
        where d.entity = 'Hazards' and d.operation = 'delete' and d.changed_at > moment) w
$$;

CREATE FUNCTION register.hazards_as_of(moment timestamp with time zone) RETURNS SETOF register.hazards
    LANGUAGE sql STABLE
    AS $$
  -- what nothing has happened to since
  select t.* from register.hazards t
  where not exists (select from register.history h where h.entity = 'Hazards' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select t.id, r.code, r.name, r.kind, r.shape, r.location, r.division_code, r.depth_metres, r.flow, r.bank, r.access, r.has_sign, r.has_ring, r.has_rope, r.has_pole, r.has_camera, r.owner_unit, r.status, r.last_inspected_at, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version, r.own_grade, r.own_grade_on, r.own_grade_by
  from register.hazards t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Hazards' and b.entity_id = t.id::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = 'Hazards' and h.entity_id = t.id::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = 'Hazards' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select p.id, r.code, r.name, r.kind, r.shape, r.location, r.division_code, r.depth_metres, r.flow, r.bank, r.access, r.has_sign, r.has_ring, r.has_rope, r.has_pole, r.has_camera, r.owner_unit, r.status, r.last_inspected_at, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version, r.own_grade, r.own_grade_on, r.own_grade_by
  from register.history d
  cross join lateral (
    select d.entity_id::uuid as id,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Hazards' and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = 'Hazards' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.hazards, d.fields || p.fields) r
  where d.entity = 'Hazards' and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = 'Hazards' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$$;

COMMENT ON FUNCTION register.hazards_as_of(moment timestamp with time zone) IS 'made by functions/rows_as_of.sql';

CREATE FUNCTION register.home_division_at(place public.geography, held text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select case when register.is_lowest(held) then held else coalesce(
    (select n.code
     from (select d.code from register.divisions d
           where d.boundary is null and (held is null or starts_with(d.code, held))
             and st_dwithin(d.centre, place, case when held is null then 10000 else 25000 end)
           order by st_distance(d.centre, place), d.code offset 0) n
     where register.is_lowest(n.code) limit 1), held) end
$$;

CREATE FUNCTION register.incidents_as_of(moment timestamp with time zone) RETURNS SETOF register.incidents
    LANGUAGE sql STABLE
    AS $$
  -- what nothing has happened to since
  select t.* from register.incidents t
  where not exists (select from register.history h where h.entity = 'Incidents' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select t.id, r.hazard_id, r.division_code, r.occurred_on, r.age_band, r.outcome, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version
  from register.incidents t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Incidents' and b.entity_id = t.id::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = 'Incidents' and h.entity_id = t.id::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = 'Incidents' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select p.id, r.hazard_id, r.division_code, r.occurred_on, r.age_band, r.outcome, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version
  from register.history d
  cross join lateral (
    select d.entity_id::uuid as id,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Incidents' and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = 'Incidents' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.incidents, d.fields || p.fields) r
  where d.entity = 'Incidents' and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = 'Incidents' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$$;

COMMENT ON FUNCTION register.incidents_as_of(moment timestamp with time zone) IS 'made by functions/rows_as_of.sql';

CREATE FUNCTION register.inspections_as_of(moment timestamp with time zone) RETURNS SETOF register.inspections
    LANGUAGE sql STABLE
    AS $$
  -- what nothing has happened to since
  select t.* from register.inspections t
  where not exists (select from register.history h where h.entity = 'Inspections' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select t.id, r.hazard_id, r.division_code, r.at, r.inspector_id, r.result, r.has_sign, r.has_ring, r.has_rope, r.has_pole, r.notes, r."position", r.is_synthetic, r.source, r.created_at, p.updated_at, p.version, r.children_seen, r.children_in_water, r.watched_minutes, r.device_at, r.received_at, r.clock_skew_seconds, r.accuracy_metres, r.metres_from_shape, r.corrects_id, r.flags, r.has_camera, r.depth_metres, r.access
  from register.inspections t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Inspections' and b.entity_id = t.id::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = 'Inspections' and h.entity_id = t.id::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = 'Inspections' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select p.id, r.hazard_id, r.division_code, r.at, r.inspector_id, r.result, r.has_sign, r.has_ring, r.has_rope, r.has_pole, r.notes, r."position", r.is_synthetic, r.source, r.created_at, p.updated_at, p.version, r.children_seen, r.children_in_water, r.watched_minutes, r.device_at, r.received_at, r.clock_skew_seconds, r.accuracy_metres, r.metres_from_shape, r.corrects_id, r.flags, r.has_camera, r.depth_metres, r.access
  from register.history d
  cross join lateral (
    select d.entity_id::uuid as id,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Inspections' and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = 'Inspections' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.inspections, d.fields || p.fields) r
  where d.entity = 'Inspections' and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = 'Inspections' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$$;

COMMENT ON FUNCTION register.inspections_as_of(moment timestamp with time zone) IS 'made by functions/rows_as_of.sql';

CREATE FUNCTION register.is_in_season(day date, first integer, last integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case when first <= last
    then extract(month from day) * 100 + extract(day from day) between first and last
    else extract(month from day) * 100 + extract(day from day) not between last + 1 and first - 1 end
$$;

CREATE FUNCTION register.is_lowest(division text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select exists (
    select from register.divisions d
    where d.code = division and d.code <> '0000' and d.valid_from <= current_date and (d.valid_to is null or d.valid_to > current_date)
      and not exists (select from register.divisions c where c.parent_code = d.code
                        and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)))
$$;

CREATE FUNCTION register.is_phone(phone text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$
  select phone ~ '^\+?[(（]?[0-9]([ ()（）-]{0,2}[0-9])*( ?(转|ext\.?|x|#) ?[0-9]{1,6})?$'
     and length(regexp_replace(phone, '[^0-9]', '', 'g')) between 3 and 20
$_$;

CREATE FUNCTION register.is_same_shape(a public.geometry, b public.geometry, metres double precision) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case when geometrytype(a) <> geometrytype(b) or st_npoints(a) <> st_npoints(b) then false
              when geometrytype(a) = 'POINT' then st_dwithin(a::geography, b::geography, metres)
              else st_hausdorffdistance(a, b) * 111195 <= metres end
$$;

CREATE FUNCTION register.is_school(kind text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select kind in ('School', 'Kindergarten') $$;

CREATE FUNCTION register.is_subordinate(person uuid, superior uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select exists (
    select from register.people p join register.divisions pd on pd.code = p.division_code
    cross join register.people s join register.divisions sd on sd.code = s.division_code
    where p.id = person and s.id = superior and p.division_code ~>=~ s.division_code
      and p.division_code ~<~ register.end_of_area(s.division_code)
      and register.level_place(coalesce(p.level, pd.level)) > register.level_place(coalesce(s.level, sd.level)))
$$;

CREATE FUNCTION register.judge_inspection() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION register.keep_risks() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if tg_op = 'INSERT' then
    insert into hazard_risks (hazard_id, across, down)
    select id, world_across(location), world_down(location) from inserted on conflict do nothing;
    perform queue_risks(array(select id from inserted limit 1001), null);
  elsif tg_op = 'UPDATE' then
    insert into moved_waters (hazard_id)
    select n.id from updated_to n join updated_from o using (id) where n.location is distinct from o.location;
    perform queue_risks(array(
      select n.id from updated_to n join updated_from o using (id)
      where n.version <> o.version
        and ((n.kind, n.depth_metres, n.flow, n.bank, n.access,
              n.has_sign, n.has_ring, n.has_rope, n.has_pole, n.has_camera, n.status, n.division_code,
              case when n.access = 'Fenced' then n.last_inspected_at end)   -- a fence that nobody looks at fades
             is distinct from
             (o.kind, o.depth_metres, o.flow, o.bank, o.access,
              o.has_sign, o.has_ring, o.has_rope, o.has_pole, o.has_camera, o.status, o.division_code,
              case when o.access = 'Fenced' then o.last_inspected_at end)
           or st_asbinary(n.shape) <> st_asbinary(o.shape))
      limit 1001), null, array(
      select o.shape from updated_to n join updated_from o using (id)
      where n.version <> o.version and st_asbinary(n.shape) <> st_asbinary(o.shape) limit 1001));
  elsif tg_op = 'DELETE' then
    delete from hazard_risks r using deleted d where r.hazard_id = d.id;
    perform queue_risks(null, null, array(select shape from deleted limit 1001));
  else
    truncate hazard_risks, hazard_reaches, moved_waters;
  end if;
  return null;
end $$;

CREATE FUNCTION register.level_place(level text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select array_position('{Prefecture,County,Township,Village}'::text[], level) $$;

CREATE FUNCTION register.link_uploads(inspection_ids uuid[]) RETURNS integer
    LANGUAGE sql
    AS $$
  with due as materialized (
    select u.*, i.division_code from register.uploads u join register.inspections i on i.id = u.inspection_id
    where u.inspection_id = any(inspection_ids) and u.state = 'Waiting'
      and (u.areas is null or i.division_code like any (u.areas))
    for update of u skip locked),
  linked as (
    insert into register.photos (id, inspection_id, division_code, media_type, size_bytes, sha256, received_sha256, print, created_by)
    select photo_id, inspection_id, division_code, media_type, size_bytes, stored_sha256, received_sha256, print, account from due
    on conflict (id) do nothing
    returning id),
  receipts as (
    update register.uploads u set state = 'Done' from linked l where u.photo_id = l.id and u.state = 'Waiting' returning u.id)
  select count(*)::integer from receipts
$$;

CREATE FUNCTION register.link_uploads_of_inspections() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if exists (select from register.uploads u join inserted i on i.id = u.inspection_id where u.state = 'Waiting') then
    perform register.link_uploads(array(select id from inserted));
  end if;
  return null;
end $$;

CREATE FUNCTION register.lock_risk_scores(patience interval DEFAULT NULL::interval) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  before constant text := current_setting('lock_timeout');
  left_over constant interval := greatest(patience - (clock_timestamp() - transaction_timestamp()), '50 ms');
begin
  if patience is not null then perform set_config('lock_timeout', ceil(1000 * extract(epoch from left_over))::text, true); end if;
  perform pg_advisory_xact_lock(hashtext('hazardmap.risk'));
  perform set_config('lock_timeout', before, true);
  perform register.update_places_of_moved_waters();
end $$;

CREATE FUNCTION register.lock_risk_scores_before_delete() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  perform wait_to_lock_risk_scores();
  return null;
end $$;

CREATE FUNCTION register.may_announce_singly(entity text, layer text, rows bigint) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
  counter  constant text := 'hazardmap.announced_' || lower(entity);
  limited  constant integer := 100;
  before   constant bigint := coalesce(nullif(current_setting(counter, true), ''), '0')::bigint;
begin
  perform set_config(counter, (before + rows)::text, true);
  if before + rows <= limited then return true; end if;
  if before <= limited then
    insert into register.map_changes (layer) values (layer);
    perform register.notify_many(entity);
  end if;
  return false;
end $$;

CREATE FUNCTION register.minute_of_day(moment timestamp without time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select (extract(hour from moment) * 60 + extract(minute from moment))::integer
$$;

CREATE FUNCTION register.next_number(division_code text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  county constant text := coalesce(division_above(division_code, 'County'), division_code);
  of_year constant integer := extract(year from field_today());
  given integer;
begin
  insert into rectification_numbers as n (county_code, year, last_number) values (county, of_year, 1)
  on conflict (county_code, year) do update set last_number = n.last_number + 1 returning last_number into given;
  return format('%s-%s-%s', county, of_year, lpad(given::text, greatest(4, length(given::text)), '0'));
end $$;

CREATE FUNCTION register.normal(x double precision) RETURNS double precision
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
declare
  t    constant double precision := 1 / (1 + 0.2316419::double precision * abs(x));
  tail constant double precision := exp(-least(x * x / 2, 700::double precision)) * 0.3989422804014327::double precision * t
    * (0.319381530::double precision + t * (-0.356563782::double precision + t * (1.781477937::double precision
      + t * (-1.821255978::double precision + t * 1.330274429::double precision))));
begin
  return case when x >= 0 then 1 - tail else tail end;
end $$;

CREATE FUNCTION register.notify_changed(entity text, id text, place public.geometry, division text) RETURNS void
    LANGUAGE sql
    AS $$
  select pg_notify('hazardmap_changes', json_build_object(
    'entity', entity, 'id', id, 'division', division,
    'lon', trim_scale(round(st_x(place)::numeric, 7)), 'lat', trim_scale(round(st_y(place)::numeric, 7)))::text)
$$;

CREATE FUNCTION register.notify_many(entity text) RETURNS void
    LANGUAGE sql
    AS $$
  select pg_notify('hazardmap_changes', json_build_object('entity', entity, 'many', true)::text)
$$;

CREATE FUNCTION register.one_line(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case when register.is_line(l.line) then l.line end
  from btrim(regexp_replace(value, '[\u0001-\u0020\u007F-\u00A0\u2028-\u202E\u2066-\u2069]+', ' ', 'g')) l (line)
$$;

CREATE FUNCTION register.order_events(epoch text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  state event_state;
  -- Everything before it is over, and seen by each statement after this one.
  horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
  made bigint;
begin
  if not pg_try_advisory_xact_lock(hashtext('hazardmap.events')) then return 0; end if;
  select * into state from event_state;
  if state is null or state.epoch <> order_events.epoch then
    delete from event_order;
    delete from event_state;
    insert into event_state (era, epoch, last_seq, seen, history_id, outbox_id)
    values (coalesce(state.era, 0) + 1, order_events.epoch, 0, horizon,
            coalesce((select max(id) from history), 0), coalesce((select max(id) from outbox), 0));
    return 0;
  end if;
  insert into event_order (seq, xid, events)
  select state.last_seq + row_number() over (order by max(n.id), max(n.outbox_id)), n.xid, count(*)
  from (select h.xid, h.id, null::bigint as outbox_id from history h where h.xid >= state.seen and h.id > state.history_id
        union all
        select o.xid, null, o.id from outbox o where o.xid >= state.seen and o.id > state.outbox_id) n
  where not exists (select from event_order e where e.xid = n.xid)
  group by n.xid;
  get diagnostics made = row_count;
  if made > 0 or horizon::text::numeric - state.seen::text::numeric > 1000 then
    update event_state s set seen = horizon, last_seq = s.last_seq + made;
  end if;
  return made;
end $$;

CREATE FUNCTION register.people_as_of(moment timestamp with time zone) RETURNS SETOF register.people
    LANGUAGE sql STABLE
    AS $$
  -- what nothing has happened to since
  select t.* from register.people t
  where not exists (select from register.history h where h.entity = 'People' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select t.id, r.name, r.phone, r.unit, r.post, r.level, r.division_code, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version
  from register.people t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'People' and b.entity_id = t.id::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = 'People' and h.entity_id = t.id::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = 'People' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select p.id, r.name, r.phone, r.unit, r.post, r.level, r.division_code, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version
  from register.history d
  cross join lateral (
    select d.entity_id::uuid as id,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'People' and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = 'People' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.people, d.fields || p.fields) r
  where d.entity = 'People' and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = 'People' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$$;

COMMENT ON FUNCTION register.people_as_of(moment timestamp with time zone) IS 'made by functions/rows_as_of.sql';

CREATE FUNCTION register.photos_as_of(moment timestamp with time zone) RETURNS SETOF register.photos
    LANGUAGE sql STABLE
    AS $$
  -- what nothing has happened to since
  select t.* from register.photos t
  where not exists (select from register.history h where h.entity = 'Photos' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select t.id, r.inspection_id, r.division_code, r.media_type, r.size_bytes, r.taken_at, r.created_at, p.updated_at, p.version, r.sha256, r.received_sha256, r.print, r.duplicate_of_id, r.created_by
  from register.photos t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Photos' and b.entity_id = t.id::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = 'Photos' and h.entity_id = t.id::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = 'Photos' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select p.id, r.inspection_id, r.division_code, r.media_type, r.size_bytes, r.taken_at, r.created_at, p.updated_at, p.version, r.sha256, r.received_sha256, r.print, r.duplicate_of_id, r.created_by
  from register.history d
  cross join lateral (
    select d.entity_id::uuid as id,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Photos' and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = 'Photos' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.photos, d.fields || p.fields) r
  where d.entity = 'Photos' and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = 'Photos' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$$;

COMMENT ON FUNCTION register.photos_as_of(moment timestamp with time zone) IS 'made by functions/rows_as_of.sql';

CREATE FUNCTION register.print_parts(print text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select array(select n || substr(print, n * 8 + 1, 8) from generate_series(0, 7) n
               where substr(print, n * 8 + 1, 8) not in ('00000000', 'ffffffff'))
$$;

CREATE FUNCTION register.queue_all_risks() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from risk_queue where xid = pg_current_xact_id()
                 and num_nonnulls(hazard_id, place, former) = 0 and not about_roads and not about_homes) then
    insert into risk_queue default values;
  end if;
end $$;

CREATE FUNCTION register.queue_all_ways(what text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
  insert into way_queue (concerns)
  select what
  where not exists (select from way_queue
                    where xid = pg_current_xact_id() and concerns = what and concerns in ('Waters', 'Everything'))
$$;

CREATE FUNCTION register.queue_divisions_begun_or_ended() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
  with
  -- the day of the last look
  looked as (
    update way_state n set as_of = current_date from way_state o where n.as_of < current_date returning o.as_of as since),
  -- the divisions, and those above them, which may become or cease to be lowest ones
  touched as (
    select array_agg(d.code) || array_agg(d.parent_code) as codes
    from divisions d cross join looked l
    where d.valid_from > l.since and d.valid_from <= current_date or d.valid_to > l.since and d.valid_to <= current_date)
  select register.queue_way_origins(codes, null) from touched where codes is not null
$$;

CREATE FUNCTION register.queue_many_ways() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  perform register.queue_all_ways(tg_argv[0]);
  return null;
end $$;

CREATE FUNCTION register.queue_risks(hazards uuid[], places public.geography[], formers public.geography[] DEFAULT NULL::public.geography[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if coalesce(cardinality(hazards), 0) + coalesce(cardinality(places), 0) + coalesce(cardinality(formers), 0) > 1000 then
    perform queue_all_risks();
  else
    insert into risk_queue (hazard_id) select distinct h from unnest(hazards) h;
    insert into risk_queue (place) select p::geography from (select distinct p::geometry as p from unnest(places) p) d;
    insert into risk_queue (former) select f from unnest(formers) f;
  end if;
end $$;

CREATE FUNCTION register.queue_risks_near_children() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  touched geography[];
begin
  if tg_op = 'INSERT' then
    touched := array(select location from inserted where under5 > 0 or aged_5_to_14 > 0 or kind = 'ChildrensHome' limit 1001);
  elsif tg_op = 'DELETE' then
    touched := array(select location from deleted where under5 > 0 or aged_5_to_14 > 0 or kind = 'ChildrensHome' limit 1001);
  else
    touched := array(
      select place from updated_to n join updated_from o using (id)
      cross join lateral (values (o.location, o.under5 + o.aged_5_to_14, o.kind), (n.location, n.under5 + n.aged_5_to_14, n.kind))
        v (place, children, of_kind)
      where n.version <> o.version and (children > 0 or of_kind = 'ChildrensHome')
        and (n.under5, n.aged_5_to_14, st_asbinary(n.location), n.kind, n.status, n.stages, n.boarders, n.division_code)
            is distinct from
            (o.under5, o.aged_5_to_14, st_asbinary(o.location), o.kind, o.status, o.stages, o.boarders, o.division_code)
      limit 1001);
  end if;
  perform queue_risks(null, touched);
  return null;
end $$;

CREATE FUNCTION register.queue_risks_of_divisions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if exists (select from updated_to n join updated_from o using (code)
             where n.incidents_complete_since is distinct from o.incidents_complete_since) then
    perform queue_all_risks();
  elsif exists (
      select from updated_to n join updated_from o using (code)
      where (n.name, n.parent_code, n.children, n.population, n.aged_1_to_4, n.aged_5_to_14, n.residence, n.valid_from, n.valid_to,
             st_asbinary(n.centre), st_asbinary(n.boundary))
            is distinct from
            (o.name, o.parent_code, o.children, o.population, o.aged_1_to_4, o.aged_5_to_14, o.residence, o.valid_from, o.valid_to,
             st_asbinary(o.centre), st_asbinary(o.boundary)))
    and not exists (select from risk_queue where xid = pg_current_xact_id() and num_nonnulls(hazard_id, place, former) = 0
                    and not about_roads) then
    insert into risk_queue (about_homes) values (true);
  end if;
  return null;
end $$;

CREATE FUNCTION register.queue_risks_of_homes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from risk_queue where xid = pg_current_xact_id() and num_nonnulls(hazard_id, place, former) = 0
                 and not about_roads) then
    insert into risk_queue (about_homes) values (true);
  end if;
  return null;
end $$;

CREATE FUNCTION register.queue_risks_on_foot() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from risk_queue where xid = pg_current_xact_id() and num_nonnulls(hazard_id, place, former) = 0
                 and not about_homes) then
    insert into risk_queue (about_roads) values (true);
  end if;
  return null;
end $$;

CREATE FUNCTION register.queue_way_origins(divisions text[], places public.geography[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  touched geometry[] := array(
    select p
    from (select centre::geometry as p from divisions d where d.code = any (queue_way_origins.divisions)
          union
          select location::geometry from settlements s where s.division_code = any (queue_way_origins.divisions)
          union
          select location::geometry from facilities f
          where f.kind = 'ChildrensHome' and f.status = 'Open' and f.division_code = any (queue_way_origins.divisions)
          union
          select q::geometry from unnest(places) q) u
    limit 5001);
begin
  if cardinality(touched) > 5000 then
    perform queue_all_ways('Everything');
  else
    insert into way_queue (concerns, place) select 'Origin', t::geography from unnest(touched) t;
  end if;
end $$;

CREATE FUNCTION register.queue_ways_between(was register.facilities[], is_now register.facilities[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  insert into way_queue (concerns, subject, place)
  select case count(*) when 1 then 'School' else 'Pupils' end, id, case count(*) when 1 then min(place)::geography end
  from (select id, kind, location::text as place from unnest(was || is_now) where is_school(kind) and status = 'Open') side
  group by id, kind, place;
  perform queue_way_origins(array_agg(division_code), array_agg(place::geography))
  from (select division_code, location::text as place
        from unnest(was || is_now) where kind = 'ChildrensHome' and status = 'Open'
        group by id, name, division_code, location::text having count(*) = 1) changed
  having count(*) > 0;
end $$;

CREATE FUNCTION register.queue_ways_of_divisions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  sides constant text := case tg_op
    when 'INSERT' then 'select code, parent_code, centre from inserted'
    when 'DELETE' then 'select code, parent_code, centre from deleted'
    else 'select v.* from updated_to n full join updated_from o on o.code = n.code
          cross join lateral (values (o.code, o.parent_code, o.centre), (n.code, n.parent_code, n.centre)) v (code, parent_code, centre)
          where v.code is not null and (n.name, n.parent_code, n.children, n.valid_from, n.valid_to, st_asbinary(n.centre))
                is distinct from (o.name, o.parent_code, o.children, o.valid_from, o.valid_to, st_asbinary(o.centre))' end;
  touched text[];
  places geography[];
begin
  execute format('select array_agg(code) || array_agg(parent_code), array_agg(centre) from (%s limit 2001) s', sides)
    into touched, places;
  if cardinality(places) > 2000 then
    perform queue_all_ways('Everything');
  elsif cardinality(places) > 0 then
    perform queue_way_origins(touched, places);
  end if;
  return null;
end $$;

CREATE FUNCTION register.queue_ways_of_facilities() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  was register.facilities[];
  is_now register.facilities[];
begin
  if tg_op = 'INSERT' then
    is_now := array(select i::register.facilities from inserted i where is_school(kind) or kind = 'ChildrensHome' limit 1001);
  elsif tg_op = 'DELETE' then
    was := array(select d::register.facilities from deleted d where is_school(kind) or kind = 'ChildrensHome' limit 1001);
  else
    select array_agg(o), array_agg(n) into was, is_now
    from (select o::register.facilities as o, n::register.facilities as n
          from updated_to n join updated_from o using (id)
          where n.version <> o.version
            and (is_school(n.kind) or is_school(o.kind) or 'ChildrensHome' in (n.kind, o.kind))
            and (n.kind, n.status, n.division_code, n.under5 + n.aged_5_to_14, st_asbinary(n.location),
                 case when n.kind = 'ChildrensHome' then n.name end)
                is distinct from
                (o.kind, o.status, o.division_code, o.under5 + o.aged_5_to_14, st_asbinary(o.location),
                 case when n.kind = 'ChildrensHome' then o.name end)
          limit 1001) changed;
  end if;
  if greatest(cardinality(was), cardinality(is_now)) > 1000 then
    perform queue_all_ways('Everything');
  elsif greatest(cardinality(was), cardinality(is_now)) > 0 then
    perform queue_ways_between(coalesce(was, '{}'), coalesce(is_now, '{}'));
  end if;
  return null;
end $$;

CREATE FUNCTION register.queue_ways_of_settlements() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  sides constant text := case tg_op
    when 'INSERT' then 'select division_code, location from inserted'
    when 'DELETE' then 'select division_code, location from deleted'
    else 'select v.* from updated_to n join updated_from o using (id)
          cross join lateral (values (o.division_code, o.location), (n.division_code, n.location)) v (division_code, location)
          where n.version <> o.version and (n.name, n.kind, n.weight, n.division_code, st_asbinary(n.location))
                is distinct from (o.name, o.kind, o.weight, o.division_code, st_asbinary(o.location))' end;
  touched text[];
  places geography[];
begin
  execute format('select array_agg(distinct division_code), array_agg(location) from (%s limit 2001) s', sides) into touched, places;
  if cardinality(places) > 2000 then
    perform queue_all_ways('Everything');
  elsif cardinality(places) > 0 then
    perform queue_way_origins(touched, places);
  end if;
  return null;
end $$;

CREATE FUNCTION register.queue_ways_of_waters() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  touched uuid[];
begin
  if tg_op = 'INSERT' then
    touched := array(select id from inserted where is_in_force(status) limit 1001);
  elsif tg_op = 'DELETE' then
    touched := array(select id from deleted where is_in_force(status) limit 1001);
  else
    touched := array(
      select n.id from updated_to n join updated_from o using (id)
      where n.version <> o.version
        and (is_in_force(n.status) <> is_in_force(o.status) or st_asbinary(n.shape) <> st_asbinary(o.shape))
      limit 1001);
  end if;
  if cardinality(touched) > 1000 then
    perform queue_all_ways('Waters');
  elsif cardinality(touched) > 0 then
    insert into way_queue (concerns, subject) select 'Water', t from unnest(touched) t;
  end if;
  return null;
end $$;

CREATE FUNCTION register.raise_road_revision() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if tg_op = 'TRUNCATE' then
    update road_revision set revision = revision + 1;
  elsif exists (select from changed) then
    update road_revision set revision = revision + 1;
  end if;
  return null;
end $$;

CREATE FUNCTION register.record_history() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $_$
begin
  if tg_op = 'INSERT' then
    insert into history (entity, entity_id, division_code, operation, version, fields, changed_by)
    select tg_argv[0], n.j ->> tg_argv[1], n.j ->> tg_argv[2], 'insert', (n.j ->> 'version')::integer,
           n.j - '{version,created_at,updated_at}'::text[], actor()
    from (select json_strip_nulls(row_to_json(r))::jsonb as j from inserted r offset 0) n;
  elsif tg_op = 'DELETE' then
    insert into history (entity, entity_id, division_code, operation, version, fields, changed_by)
    select tg_argv[0], o.j ->> tg_argv[1], o.j ->> tg_argv[2], 'delete', (o.j ->> 'version')::integer,
           o.j - '{version,updated_at}'::text[], actor()
    from (select json_strip_nulls(row_to_json(r))::jsonb as j from deleted r offset 0) o;
  else
    -- The rows are joined by the key's own column, which only the trigger's argument tells.
    execute format($update$
      insert into history (entity, entity_id, division_code, operation, version, fields, changed_by)
      select $1, c.n ->> $2, c.n ->> $3, 'update', (c.n ->> 'version')::integer, d.fields, actor()
      from (select to_jsonb(n) as n, to_jsonb(o) as o from updated_to n join updated_from o using (%I) offset 0) c
      cross join lateral (
        select jsonb_object_agg(e.key, jsonb_build_array(c.o -> e.key, e.value)) as fields
        from jsonb_each(c.n) e
        where e.key not in ('version', 'updated_at') and c.o -> e.key is distinct from e.value) d
      where d.fields is not null $update$, tg_argv[1]) using tg_argv[0], tg_argv[1], tg_argv[2];
  end if;
  return null;
end $_$;

CREATE FUNCTION register.record_step() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION register.rectifications_as_of(moment timestamp with time zone) RETURNS SETOF register.rectifications
    LANGUAGE sql STABLE
    AS $$
  -- what nothing has happened to since
  select t.* from register.rectifications t
  where not exists (select from register.history h where h.entity = 'Rectifications' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select t.id, r.hazard_id, r.facility_id, r.division_code, r.found_at, r.description, r.due_on, r.state, r.assigned_to_id, r.done_by_id, r.verified_by_id, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version, r.category, r.severity, r.unit_name, r.cost, r.inspection_id, r.before_photo_id, r.after_photo_id, r.escalated_to, r.number
  from register.rectifications t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Rectifications' and b.entity_id = t.id::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = 'Rectifications' and h.entity_id = t.id::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = 'Rectifications' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select p.id, r.hazard_id, r.facility_id, r.division_code, r.found_at, r.description, r.due_on, r.state, r.assigned_to_id, r.done_by_id, r.verified_by_id, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version, r.category, r.severity, r.unit_name, r.cost, r.inspection_id, r.before_photo_id, r.after_photo_id, r.escalated_to, r.number
  from register.history d
  cross join lateral (
    select d.entity_id::uuid as id,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Rectifications' and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = 'Rectifications' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.rectifications, d.fields || p.fields) r
  where d.entity = 'Rectifications' and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = 'Rectifications' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$$;

COMMENT ON FUNCTION register.rectifications_as_of(moment timestamp with time zone) IS 'made by functions/rows_as_of.sql';

CREATE FUNCTION register.refuse_overwriting() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION register.refuse_rewriting_history() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'history is append-only' using errcode = 'insufficient_privilege',
    hint = '历史记录只能追加，不能修改或删除';
end $$;

CREATE FUNCTION register.require_division(division_code text, owner_column text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  if division_code is null then
    raise exception '% refers to something that does not exist', owner_column
      using errcode = 'foreign_key_violation', column = owner_column;
  end if;
  return division_code;
end $$;

CREATE FUNCTION register.require_phone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'UPDATE' and new.phone is not distinct from old.phone then return new; end if;
  if register.is_phone(new.phone) is false then
    raise exception 'phone is not one telephone number / 电话不是一个有效的号码'
      using errcode = 'check_violation', schema = 'register', table = 'people', column = 'phone', constraint = 'people_phone_is_a_number';
  end if;
  return new;
end $$;

CREATE FUNCTION register.responsibilities_as_of(moment timestamp with time zone) RETURNS SETOF register.responsibilities
    LANGUAGE sql STABLE
    AS $$
  -- what nothing has happened to since
  select t.* from register.responsibilities t
  where not exists (select from register.history h where h.entity = 'Responsibilities' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select t.id, r.person_id, r.hazard_id, r.facility_id, r.division_code, r.role, r.valid_from, r.valid_to, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version
  from register.responsibilities t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Responsibilities' and b.entity_id = t.id::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = 'Responsibilities' and h.entity_id = t.id::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = 'Responsibilities' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select p.id, r.person_id, r.hazard_id, r.facility_id, r.division_code, r.role, r.valid_from, r.valid_to, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version
  from register.history d
  cross join lateral (
    select d.entity_id::uuid as id,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Responsibilities' and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = 'Responsibilities' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.responsibilities, d.fields || p.fields) r
  where d.entity = 'Responsibilities' and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = 'Responsibilities' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$$;

COMMENT ON FUNCTION register.responsibilities_as_of(moment timestamp with time zone) IS 'made by functions/rows_as_of.sql';

CREATE FUNCTION register.risk_level_changes_as_of(moment timestamp with time zone) RETURNS SETOF register.risk_level_changes
    LANGUAGE sql STABLE
    AS $$
  select c.* from register.risk_level_changes c where c.changed_at <= moment
$$;

CREATE FUNCTION register.set_division_from_hazard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.division_code := register.require_division(
    (select division_code from register.hazards where id = new.hazard_id), 'hazard_id');
  return new;
end $$;

CREATE FUNCTION register.set_division_from_hazard_or_facility() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if num_nonnulls(new.hazard_id, new.facility_id) <> 1 then
    raise exception 'Name a hazard or a facility: either HazardId or FacilityId'
      using errcode = 'check_violation', column = 'hazard_id',
        hint = '请填写一处水域或一处设施：HazardId 与 FacilityId 二选一';
  elsif new.hazard_id is not null then
    new.division_code := register.require_division(
      (select division_code from register.hazards where id = new.hazard_id), 'hazard_id');
  else
    new.division_code := register.require_division(
      (select division_code from register.facilities where id = new.facility_id), 'facility_id');
  end if;
  return new;
end $$;

CREATE FUNCTION register.set_division_from_inspection() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.division_code := register.require_division(
    (select division_code from register.inspections where id = new.inspection_id), 'inspection_id');
  return new;
end $$;

CREATE FUNCTION register.set_division_from_location() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.division_code := register.home_division_at(new.location, register.division_at(new.location));
  if new.division_code is null then
    raise exception 'No division in force holds this position: name one'
      using errcode = 'check_violation', column = 'division_code',
        hint = '没有生效的行政区划包含该位置：请填写行政区划代码';
  end if;
  return new;
end $$;

CREATE FUNCTION register.set_duplicate_of() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.duplicate_of_id := (
    select p.id
    from (select id from register.photos where sha256 = new.sha256
          union
          select id from register.photos
          where print is not null and register.print_parts(print) && register.print_parts(new.print)
            and bit_count(('x' || print)::bit(256) # ('x' || new.print)::bit(256)) <= 24) alike
    join register.photos p using (id) join register.inspections i on i.id = p.inspection_id
    where p.id <> new.id and i.hazard_id <> (select hazard_id from register.inspections where id = new.inspection_id)
    order by p.created_at, p.id limit 1);
  return new;
end $$;

CREATE FUNCTION register.set_location_from_shape() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  -- Kept as it is sent out, so that a shape that was read and comes back is no change.
  if geometrytype(new.shape) in ('POLYGON', 'MULTIPOLYGON') then
    new.shape := st_forcepolygonccw(new.shape::geometry)::geography;
  end if;
  if tg_op = 'INSERT' and new.shape is null then
    new.shape := new.location;
  elsif tg_op = 'UPDATE' and new.shape = old.shape and new.location is distinct from old.location then
    if geometrytype(old.shape) <> 'POINT' then
      raise exception 'Location follows Shape: change Shape'
        using errcode = 'check_violation', column = 'location', hint = '位置由形状决定：请修改 Shape（形状）';
    end if;
    new.shape := new.location;
  elsif tg_op = 'INSERT' or new.shape is distinct from old.shape then
    new.location := st_closestpoint(new.shape::geometry, st_centroid(new.shape::geometry))::geography;
  end if;
  return new;
end $$;

CREATE FUNCTION register.set_xid_of_score() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.xid := pg_current_xact_id();
  return new;
end $$;

CREATE FUNCTION register.settle_rectification() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION register.settlements_as_of(moment timestamp with time zone) RETURNS SETOF register.settlements
    LANGUAGE sql STABLE
    AS $$
  -- what nothing has happened to since
  select t.* from register.settlements t
  where not exists (select from register.history h where h.entity = 'Settlements' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was changed since, and was there before: of each field what it was before its first change
  select t.id, r.code, r.name, r.kind, r.location, r.division_code, r.weight, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version
  from register.settlements t
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           min(h.version) - 1 as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Settlements' and b.entity_id = t.id::text and b.changed_at <= moment), t.created_at) as updated_at
    from register.history h left join lateral jsonb_each(case h.operation when 'update' then h.fields end) f on true
    where h.entity = 'Settlements' and h.entity_id = t.id::text and h.changed_at > moment
    having bool_and(h.operation = 'update')) p
  cross join lateral jsonb_populate_record(t, p.fields) r
  where exists (select from register.history h where h.entity = 'Settlements' and h.entity_id = t.id::text and h.changed_at > moment)
  union all
  -- what was deleted since, and was there before
  select p.id, r.code, r.name, r.kind, r.location, r.division_code, r.weight, r.is_synthetic, r.source, r.created_at, p.updated_at, p.version
  from register.history d
  cross join lateral (
    select d.entity_id::uuid as id,
           coalesce(jsonb_object_agg(f.key, f.value -> 0 order by h.id desc) filter (where f.key is not null), '{}') as fields,
           coalesce(min(h.version) - 1, d.version) as version,
           coalesce((select max(b.changed_at) from register.history b
                     where b.entity = 'Settlements' and b.entity_id = d.entity_id and b.changed_at <= moment),
                    (d.fields ->> 'created_at')::timestamptz) as updated_at
    from register.history h cross join lateral jsonb_each(h.fields) f
    where h.entity = 'Settlements' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id and h.operation = 'update') p
  cross join lateral jsonb_populate_record(null::register.settlements, d.fields || p.fields) r
  where d.entity = 'Settlements' and d.operation = 'delete' and d.changed_at > moment
    and not exists (select from register.history h
                    where h.entity = 'Settlements' and h.entity_id = d.entity_id and h.changed_at > moment and h.id < d.id
                      and h.operation <> 'update')
$$;

COMMENT ON FUNCTION register.settlements_as_of(moment timestamp with time zone) IS 'made by functions/rows_as_of.sql';

CREATE FUNCTION register.stamp_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.version := old.version;
  new.created_at := old.created_at;
  new.updated_at := old.updated_at;
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end $$;

CREATE FUNCTION register.state_after(step text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case step
    when 'Assign' then 'Assigned' when 'Complete' then 'Done' when 'Verify' then 'Verified' when 'Close' then 'Closed'
    when 'Reopen' then 'Reopened' end
$$;

CREATE FUNCTION register.tell_water() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION register.update_places_of_moved_waters() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from moved_waters) then return; end if;
  with moved as (delete from moved_waters returning hazard_id)
  update hazard_risks r set across = world_across(h.location), down = world_down(h.location)
  from hazards h
  where h.id = r.hazard_id and r.hazard_id in (select hazard_id from moved)
    and (r.across, r.down) is distinct from (world_across(h.location), world_down(h.location));
end $$;

CREATE FUNCTION register.visit_rhythm_as_of(moment timestamp with time zone) RETURNS SETOF register.visit_rhythm
    LANGUAGE sql STABLE
    AS $$ select y.* from register.visit_rhythm y where false $$;

CREATE FUNCTION register.wait_to_lock_risk_scores() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'public', 'pg_temp'
    AS $$
declare
  before constant text := current_setting('lock_timeout');
begin
  loop
    begin
      perform set_config('lock_timeout', '900', true);
      perform pg_advisory_xact_lock(hashtext('hazardmap.risk'));
      exit;
    exception when lock_not_available then null;   -- next slice
    end;
  end loop;
  perform set_config('lock_timeout', before, true);
  perform register.update_places_of_moved_waters();
end $$;

CREATE FUNCTION register.word_zh(of_enumeration text, of_member text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select coalesce((select zh from register.words where enumeration = of_enumeration and member = of_member), of_member)
$$;

CREATE FUNCTION register.world_across(place public.geography) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select least(floor((st_x(place::geometry) + 180) / 360 * 2147483648), 2147483647)::integer
$$;

CREATE FUNCTION register.world_down(place public.geography) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select least(greatest(floor(2147483648 * (0.5 - asinh(tan(radians(
    least(greatest(st_y(place::geometry), -85.0511287798066), 85.0511287798066)))) / (2 * pi()))), 0), 2147483647)::integer
$$;

CREATE FUNCTION tiles.across(longitude double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select (longitude + 180) / 360 $$;

CREATE FUNCTION tiles.areas() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select nullif(current_setting('hazardmap.areas', true), '')::text[] $$;

CREATE FUNCTION tiles.asked_properties() RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select nullif(current_setting('tiles.properties', true), '')::jsonb $$;

CREATE FUNCTION tiles.bounds(extent public.box2d) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case when extent is null then jsonb_build_array(-180, -85.051129, 180, 85.051129)
    else jsonb_build_array(round(st_xmin(extent)::numeric, 6), round(greatest(st_ymin(extent), -85.051129)::numeric, 6),
                           round(st_xmax(extent)::numeric, 6), round(least(st_ymax(extent), 85.051129)::numeric, 6)) end
$$;

CREATE FUNCTION tiles.box(z integer, x integer, y integer, margin double precision) RETURNS public.geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select st_makeenvelope(
    greatest((x - margin) / 2 ^ z * 360 - 180, -180),
    case when y = 2 ^ z - 1 then -90 else tiles.latitude((y + 1 + margin) / 2 ^ z) end,
    least((x + 1 + margin) / 2 ^ z * 360 - 180, 180),
    case when y = 0 then 90 else tiles.latitude((y - margin) / 2 ^ z) end, 4326)
$$;

CREATE FUNCTION tiles.cells_of(layer text, z integer, x integer, y integer) RETURNS TABLE(cell_row integer, cell_column integer, class text, count bigint, across bigint, down bigint)
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $_$
begin
  return query execute case when tiles.areas() is null then 'select * from tiles.counted_cells($1, $2, $3, $4)'
    else 'select * from tiles.cells_within($1, $2, $3, $4, tiles.areas())' end using layer, z, x, y;
end $_$;

CREATE FUNCTION tiles.cells_within(layer text, z integer, x integer, y integer, areas text[]) RETURNS TABLE(cell_row integer, cell_column integer, class text, count bigint, across bigint, down bigint)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  with places as (
    select coalesce(r.level, '') as class, register.world_across(h.location) as across, register.world_down(h.location) as down
    from unnest(areas) a join register.hazards h on h.division_code ~>=~ a and h.division_code ~<~ register.end_of_area(a)
    left join register.hazard_risks r on r.hazard_id = h.id
    where cells_within.layer = 'hazards'
    union all
    select f.kind, register.world_across(f.location), register.world_down(f.location)
    from unnest(areas) a join register.facilities f on f.division_code ~>=~ a and f.division_code ~<~ register.end_of_area(a)
    where cells_within.layer = 'facilities')
  select (down >> 20) >> (8 - z), (across >> 20) >> (8 - z), class, count(*), sum(across::bigint)::bigint, sum(down::bigint)::bigint
  from places
  where down >> 20 between y << (11 - z) and ((y + 1) << (11 - z)) - 1
    and across >> 20 between x << (11 - z) and ((x + 1) << (11 - z)) - 1
  group by 1, 2, 3
$$;

CREATE FUNCTION tiles.counted_cells(layer text, z integer, x integer, y integer) RETURNS TABLE(cell_row integer, cell_column integer, class text, count bigint, across bigint, down bigint)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select c.cell_row >> (8 - z), c.cell_column >> (8 - z), c.class, c.count, c.across, c.down
  from register.map_cells c
  where c.layer = counted_cells.layer
    and c.cell_row between y << (11 - z) and ((y + 1) << (11 - z)) - 1
    and c.cell_column between x << (11 - z) and ((x + 1) << (11 - z)) - 1
  union all   -- waters that moved and are still counted where they were: away from there, to where they are
  select (v.down >> 20) >> (8 - z), (v.across >> 20) >> (8 - z), coalesce(r.level, ''), v.count, v.count * v.across, v.count * v.down
  from (select distinct hazard_id from register.moved_waters) m
  join register.hazard_risks r on r.hazard_id = m.hazard_id join register.hazards h on h.id = m.hazard_id
  cross join lateral (values (-1::bigint, r.across, r.down),
                             (1, register.world_across(h.location), register.world_down(h.location))) v (count, across, down)
  where counted_cells.layer = 'hazards'
    and v.down >> 20 between y << (11 - z) and ((y + 1) << (11 - z)) - 1
    and v.across >> 20 between x << (11 - z) and ((x + 1) << (11 - z)) - 1
$$;

CREATE FUNCTION tiles.down(latitude double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select 0.5 - asinh(tan(radians(least(greatest(latitude, -85.0511287798066), 85.0511287798066)))) / (2 * pi())
$$;

CREATE FUNCTION tiles.extent_of(layer text) RETURNS public.box2d
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
begin
  if tiles.areas() is not null then return tiles.extent_within(layer, tiles.areas()); end if;
  if (select sum(count) from register.map_cells c where c.layer = extent_of.layer) > 200000 then
    return (
      select st_extent(st_makeenvelope(
        cell_column / 2048.0 * 360 - 180, tiles.latitude((cell_row + 1) / 2048.0),
        (cell_column + 1) / 2048.0 * 360 - 180, tiles.latitude(cell_row / 2048.0), 4326))
      from (select cell_row, cell_column from register.map_cells c
            where c.layer = extent_of.layer group by 1, 2 having sum(count) > 0) cells);
  end if;
  return case layer
    when 'hazards' then (select st_extent(shape::geometry) from register.hazards)
    when 'facilities' then (select st_extent(location::geometry) from register.facilities) end;
end $$;

CREATE FUNCTION tiles.extent_within(layer text, areas text[]) RETURNS public.box2d
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select st_extent(place)::box2d from (
    select h.shape::geometry as place
    from unnest(areas) a join register.hazards h on h.division_code ~>=~ a and h.division_code ~<~ register.end_of_area(a)
    where layer = 'hazards'
    union all
    select f.location::geometry
    from unnest(areas) a join register.facilities f on f.division_code ~>=~ a and f.division_code ~<~ register.end_of_area(a)
    where layer = 'facilities') places
$$;

CREATE FUNCTION tiles.feature_id(code text) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select hashtextextended(code, 0) & 9007199254740991 $$;

CREATE FUNCTION tiles.feature_id(id uuid) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select uuid_hash_extended(id, 0) & 9007199254740991 $$;

CREATE FUNCTION tiles.is_within(code text, areas text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select areas is null or exists (select from unnest(areas) a where code ~>=~ a and code ~<~ register.end_of_area(a))
$$;

CREATE FUNCTION tiles.latitude(down double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select degrees(atan(sinh(pi() * (1 - 2 * down)))) $$;

CREATE FUNCTION tiles.mean_in_tile(total numeric, count numeric, z integer, tile integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select least(greatest(round((total::double precision / count::double precision / 2147483648 * 2 ^ z - tile) * 4096), 0), 4095)
$$;

CREATE FUNCTION tiles.of_trips() RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select s.for_maps::jsonb || jsonb_build_object('months', s.scale -> 'Months', 'hours', s.scale -> 'Hours')
  from register.risk_scales s join register.active_risk_rule a on a.rule = s.rule
    join register.risk_rules r on r.version = s.rule and r.sha256 = s.sha256
  order by s.created_at desc, s.id desc limit 1
$$;

CREATE FUNCTION tiles.point(place public.geometry, z integer, x integer, y integer) RETURNS public.geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select st_makepoint(round((tiles.across(st_x(place)) * 2 ^ z - x) * 4096), round((tiles.down(st_y(place)) * 2 ^ z - y) * 4096))
$$;

CREATE FUNCTION tiles.properties_of(entity jsonb, asked jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select jsonb_object_agg(a.value, entity -> a.key) filter (where jsonb_typeof(entity -> a.key) <> 'null') from jsonb_each_text(asked) a
$$;

CREATE FUNCTION tiles.shape(shape public.geometry, z integer, x integer, y integer) RETURNS public.geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select st_asmvtgeom(
    st_simplify(
      st_transform(st_clipbybox2d(shape, st_makeenvelope((x - 0.03) / 2 ^ z * 360 - 180, tiles.latitude((y + 1.03) / 2 ^ z),
                                                         (x + 1.03) / 2 ^ z * 360 - 180, tiles.latitude((y - 0.03) / 2 ^ z), 4326)), 3857),
      40075016.68557849 / 2 ^ z / 1024, true),
    st_tileenvelope(z, x, y), 4096, 64, true)
$$;

CREATE TABLE account.accounts (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    user_name text NOT NULL,
    display_name text NOT NULL,
    password_hash text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    disabled_at timestamp with time zone,
    CONSTRAINT accounts_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT accounts_disabled_at_calendar CHECK (register.is_in_calendar(disabled_at)),
    CONSTRAINT accounts_display_name_line CHECK (register.is_line(display_name)),
    CONSTRAINT accounts_user_name_check CHECK ((user_name ~ '^[^\s:]{1,64}$'::text)),
    CONSTRAINT accounts_user_name_word CHECK (register.is_word(user_name))
);

COMMENT ON CONSTRAINT accounts_created_at_calendar ON account.accounts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT accounts_disabled_at_calendar ON account.accounts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT accounts_display_name_line ON account.accounts IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT accounts_user_name_check ON account.accounts IS 'needs 1 to 64 characters, no blanks and no colon / 须为 1 至 64 个字符，不含空白和冒号';

COMMENT ON CONSTRAINT accounts_user_name_word ON account.accounts IS 'needs one word: no blanks, line breaks or characters that cannot be seen / 应为一个词：不能有空格、换行或不可见字符';

CREATE TABLE account.audit_head (
    is_only boolean DEFAULT true NOT NULL,
    number bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_head_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT audit_head_is_only_check CHECK (is_only),
    CONSTRAINT audit_head_number_check CHECK ((number >= 0))
);

COMMENT ON CONSTRAINT audit_head_hash_check ON account.audit_head IS 'needs 32 bytes / 须为 32 字节';

COMMENT ON CONSTRAINT audit_head_is_only_check ON account.audit_head IS 'has one row only / 只能有一行';

COMMENT ON CONSTRAINT audit_head_number_check ON account.audit_head IS 'cannot be negative / 不能为负数';

CREATE TABLE account.grants (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    account text NOT NULL,
    role text NOT NULL,
    area text,
    valid_from timestamp with time zone DEFAULT now() NOT NULL,
    valid_to timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT grants_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT grants_role_check CHECK ((role = ANY (ARRAY['Administrator'::text, 'Leader'::text, 'Supervisor'::text, 'Inspector'::text, 'Planner'::text, 'Clerk'::text, 'Viewer'::text, 'Auditor'::text]))),
    CONSTRAINT grants_time CHECK ((valid_to > valid_from)),
    CONSTRAINT grants_updated_at_calendar CHECK (register.is_in_calendar(updated_at)),
    CONSTRAINT grants_valid_from_calendar CHECK (register.is_in_calendar(valid_from)),
    CONSTRAINT grants_valid_to_calendar CHECK (register.is_in_calendar(valid_to))
);

COMMENT ON CONSTRAINT grants_created_at_calendar ON account.grants IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT grants_role_check ON account.grants IS 'must be one of Administrator, Leader, Supervisor, Inspector, Planner, Clerk, Viewer, Auditor / 须为以下之一：Administrator, Leader, Supervisor, Inspector, Planner, Clerk, Viewer, Auditor';

COMMENT ON CONSTRAINT grants_time ON account.grants IS ': To must be later than From / ：终止时间须晚于起始时间';

COMMENT ON CONSTRAINT grants_updated_at_calendar ON account.grants IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT grants_valid_from_calendar ON account.grants IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT grants_valid_to_calendar ON account.grants IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE account.login_codes (
    hash bytea NOT NULL,
    account_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    purpose text DEFAULT 'Link'::text NOT NULL,
    CONSTRAINT login_codes_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT login_codes_expires_at_calendar CHECK (register.is_in_calendar(expires_at)),
    CONSTRAINT login_codes_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT login_codes_purpose_check CHECK ((purpose = ANY (ARRAY['Link'::text, 'FirstLogin'::text]))),
    CONSTRAINT login_codes_used_at_calendar CHECK (register.is_in_calendar(used_at))
);

COMMENT ON CONSTRAINT login_codes_created_at_calendar ON account.login_codes IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT login_codes_expires_at_calendar ON account.login_codes IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT login_codes_hash_check ON account.login_codes IS 'needs 32 bytes / 须为 32 字节';

COMMENT ON CONSTRAINT login_codes_purpose_check ON account.login_codes IS 'must be one of Link, FirstLogin / 须为以下之一：Link, FirstLogin';

COMMENT ON CONSTRAINT login_codes_used_at_calendar ON account.login_codes IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE account.receipts (
    caller text NOT NULL,
    request text NOT NULL,
    device text NOT NULL,
    method text NOT NULL,
    entity text NOT NULL,
    entity_id text,
    status integer NOT NULL,
    version integer,
    conflicts text,
    device_order bigint,
    unsent integer,
    made_at timestamp with time zone,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT receipts_made_at_calendar CHECK (register.is_in_calendar(made_at)),
    CONSTRAINT receipts_received_at_calendar CHECK (register.is_in_calendar(received_at))
);

COMMENT ON CONSTRAINT receipts_made_at_calendar ON account.receipts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT receipts_received_at_calendar ON account.receipts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE account.recovery_codes (
    hash bytea NOT NULL,
    account_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT recovery_codes_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT recovery_codes_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT recovery_codes_used_at_calendar CHECK (register.is_in_calendar(used_at))
);

COMMENT ON CONSTRAINT recovery_codes_created_at_calendar ON account.recovery_codes IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT recovery_codes_hash_check ON account.recovery_codes IS 'needs 32 bytes / 须为 32 字节';

COMMENT ON CONSTRAINT recovery_codes_used_at_calendar ON account.recovery_codes IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE account.repeatable_requests (
    caller text NOT NULL,
    client text NOT NULL,
    request text NOT NULL,
    fingerprint bytea NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    status integer,
    headers text,
    body bytea,
    CONSTRAINT repeatable_requests_recorded_at_calendar CHECK (register.is_in_calendar(recorded_at))
);

COMMENT ON CONSTRAINT repeatable_requests_recorded_at_calendar ON account.repeatable_requests IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE account.second_factors (
    account_id uuid NOT NULL,
    secret text NOT NULL,
    last_step bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    confirmed_at timestamp with time zone,
    CONSTRAINT second_factors_confirmed_at_calendar CHECK (register.is_in_calendar(confirmed_at)),
    CONSTRAINT second_factors_created_at_calendar CHECK (register.is_in_calendar(created_at))
);

COMMENT ON CONSTRAINT second_factors_confirmed_at_calendar ON account.second_factors IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT second_factors_created_at_calendar ON account.second_factors IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE account.sessions (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    device text,
    agent text NOT NULL,
    address text NOT NULL,
    began_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_because text,
    CONSTRAINT sessions_address_check CHECK ((length(address) <= 60)),
    CONSTRAINT sessions_agent_check CHECK ((length(agent) <= 100)),
    CONSTRAINT sessions_agent_line CHECK (register.is_line(agent)),
    CONSTRAINT sessions_began_by_check CHECK ((began_by = ANY (ARRAY['Password'::text, 'Link'::text, 'OneTimeCode'::text, 'Unknown'::text]))),
    CONSTRAINT sessions_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT sessions_device_check CHECK ((length(device) <= 100)),
    CONSTRAINT sessions_device_line CHECK (register.is_line(device)),
    CONSTRAINT sessions_ended_at_calendar CHECK (register.is_in_calendar(ended_at)),
    CONSTRAINT sessions_ended_because_check CHECK ((ended_because = ANY (ARRAY['LoggedOut'::text, 'Revoked'::text, 'PasswordChanged'::text, 'Disabled'::text, 'Reset'::text, 'RefreshTokenReused'::text]))),
    CONSTRAINT sessions_ended_together CHECK ((num_nulls(ended_at, ended_because) = ANY (ARRAY[0, 2]))),
    CONSTRAINT sessions_expires_at_calendar CHECK (register.is_in_calendar(expires_at)),
    CONSTRAINT sessions_last_seen_at_calendar CHECK (register.is_in_calendar(last_seen_at))
);

COMMENT ON CONSTRAINT sessions_address_check ON account.sessions IS 'may have 60 characters / 最多 60 个字符';

COMMENT ON CONSTRAINT sessions_agent_check ON account.sessions IS 'may have 100 characters / 最多 100 个字符';

COMMENT ON CONSTRAINT sessions_agent_line ON account.sessions IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT sessions_began_by_check ON account.sessions IS 'must be one of Password, Link, OneTimeCode, Unknown / 须为以下之一：Password, Link, OneTimeCode, Unknown';

COMMENT ON CONSTRAINT sessions_created_at_calendar ON account.sessions IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT sessions_device_check ON account.sessions IS 'may have 100 characters / 最多 100 个字符';

COMMENT ON CONSTRAINT sessions_device_line ON account.sessions IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT sessions_ended_at_calendar ON account.sessions IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT sessions_ended_because_check ON account.sessions IS 'must be one of LoggedOut, Revoked, PasswordChanged, Disabled, Reset, RefreshTokenReused / 须为以下之一：LoggedOut, Revoked, PasswordChanged, Disabled, Reset, RefreshTokenReused';

COMMENT ON CONSTRAINT sessions_ended_together ON account.sessions IS ': when it ended and why are there together or not at all / ：结束时间与原因须同时填写或同时为空';

COMMENT ON CONSTRAINT sessions_expires_at_calendar ON account.sessions IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT sessions_last_seen_at_calendar ON account.sessions IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE account.tokens (
    hash bytea NOT NULL,
    account_id uuid NOT NULL,
    purpose text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    session_id uuid,
    spent_at timestamp with time zone,
    name text,
    area text,
    CONSTRAINT tokens_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT tokens_expires_at_calendar CHECK (register.is_in_calendar(expires_at)),
    CONSTRAINT tokens_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT tokens_name_check CHECK ((length(name) <= 100)),
    CONSTRAINT tokens_name_line CHECK (register.is_line(name)),
    CONSTRAINT tokens_of_a_key CHECK ((((name IS NOT NULL) = (purpose = 'key'::text)) AND ((area IS NULL) OR (purpose = 'key'::text)))),
    CONSTRAINT tokens_of_a_session CHECK (((session_id IS NOT NULL) = (purpose = ANY (ARRAY['session'::text, 'refresh'::text])))),
    CONSTRAINT tokens_purpose_check CHECK ((purpose = ANY (ARRAY['bearer'::text, 'session'::text, 'refresh'::text, 'key'::text]))),
    CONSTRAINT tokens_revoked_at_calendar CHECK (register.is_in_calendar(revoked_at)),
    CONSTRAINT tokens_spent CHECK (((spent_at IS NULL) OR (purpose = 'refresh'::text))),
    CONSTRAINT tokens_spent_at_calendar CHECK (register.is_in_calendar(spent_at))
);

COMMENT ON CONSTRAINT tokens_created_at_calendar ON account.tokens IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT tokens_expires_at_calendar ON account.tokens IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT tokens_hash_check ON account.tokens IS 'needs 32 bytes / 须为 32 字节';

COMMENT ON CONSTRAINT tokens_name_check ON account.tokens IS 'may have 100 characters / 最多 100 个字符';

COMMENT ON CONSTRAINT tokens_name_line ON account.tokens IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT tokens_of_a_key ON account.tokens IS ': a key, and only a key, has a name and may have an area / ：只有密钥有名称，并可限定辖区';

COMMENT ON CONSTRAINT tokens_of_a_session ON account.tokens IS ': tokens of a log-in, and only they, name its session / ：登录令牌须注明会话，其他令牌不得注明';

COMMENT ON CONSTRAINT tokens_purpose_check ON account.tokens IS 'must be one of bearer, session, refresh, key / 须为以下之一：bearer, session, refresh, key';

COMMENT ON CONSTRAINT tokens_revoked_at_calendar ON account.tokens IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT tokens_spent ON account.tokens IS ': only a refresh token gives way to another / ：只有刷新令牌可被换用';

COMMENT ON CONSTRAINT tokens_spent_at_calendar ON account.tokens IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE account.webhooks (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    url text NOT NULL,
    secret text NOT NULL,
    entities text[],
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    era bigint DEFAULT 0 NOT NULL,
    seq bigint DEFAULT 0 NOT NULL,
    nth bigint DEFAULT 0 NOT NULL,
    delivered_at timestamp with time zone,
    failures integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_error text,
    stopped_at timestamp with time zone,
    CONSTRAINT webhooks_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT webhooks_delivered_at_calendar CHECK (register.is_in_calendar(delivered_at)),
    CONSTRAINT webhooks_next_try_at_calendar CHECK (register.is_in_calendar(next_try_at)),
    CONSTRAINT webhooks_stopped_at_calendar CHECK (register.is_in_calendar(stopped_at)),
    CONSTRAINT webhooks_url_check CHECK (((url ~ '^https?://'::text) AND (length(url) <= 2000)))
);

COMMENT ON CONSTRAINT webhooks_created_at_calendar ON account.webhooks IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT webhooks_delivered_at_calendar ON account.webhooks IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT webhooks_next_try_at_calendar ON account.webhooks IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT webhooks_stopped_at_calendar ON account.webhooks IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT webhooks_url_check ON account.webhooks IS 'must be an http or https address of at most 2000 characters / 须为不超过 2000 个字符的 http 或 https 地址';

CREATE TABLE journal.scripts (
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT scripts_applied_at_calendar CHECK (register.is_in_calendar(applied_at))
);

COMMENT ON CONSTRAINT scripts_applied_at_calendar ON journal.scripts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.audit_entries AS
 SELECT audit_entries.id,
    audit_entries.number,
    audit_entries.at,
    audit_entries.actor,
    audit_entries.action,
    audit_entries.entity,
    audit_entries.entity_id,
    audit_entries.division_code,
    audit_entries.reason,
    (audit_entries.details)::text AS details,
    encode(audit_entries.previous_hash, 'hex'::text) AS previous_hash,
    encode(audit_entries.hash, 'hex'::text) AS hash
   FROM account.audit_entries;

CREATE TABLE register.catchment_areas (
    id uuid NOT NULL,
    run_id uuid NOT NULL,
    facility_id uuid,
    code text,
    name text,
    band double precision NOT NULL,
    distance text NOT NULL,
    area public.geography(MultiPolygon,4326) NOT NULL,
    square_metres double precision NOT NULL,
    error_metres double precision NOT NULL,
    demand bigint NOT NULL
);

CREATE VIEW odata.catchment_areas AS
 SELECT catchment_areas.id,
    catchment_areas.run_id,
    catchment_areas.facility_id,
    catchment_areas.code,
    catchment_areas.name,
    catchment_areas.band,
    catchment_areas.distance,
    catchment_areas.area,
    catchment_areas.square_metres,
    catchment_areas.error_metres,
    catchment_areas.demand
   FROM register.catchment_areas;

CREATE TABLE register.conflicts (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    kind text NOT NULL,
    entity text NOT NULL,
    entity_id text,
    division_code text,
    field text,
    base text,
    mine text,
    theirs text,
    base_version integer,
    their_version integer,
    their_by text,
    their_at timestamp with time zone,
    method text NOT NULL,
    url text NOT NULL,
    body jsonb,
    code text,
    reason text,
    reason_zh text,
    made_by text DEFAULT register.actor() NOT NULL,
    made_at timestamp with time zone,
    device text DEFAULT ''::text NOT NULL,
    request text DEFAULT ''::text NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    state text DEFAULT 'Open'::text NOT NULL,
    decided_by text,
    decided_at timestamp with time zone,
    decided text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT conflicts_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT conflicts_decided_at_calendar CHECK (register.is_in_calendar(decided_at)),
    CONSTRAINT conflicts_decided_check CHECK ((((state = 'Open'::text) = (decided_by IS NULL)) AND ((decided_by IS NULL) = (decided_at IS NULL)))),
    CONSTRAINT conflicts_field_check CHECK (((kind = 'Field'::text) = (field IS NOT NULL))),
    CONSTRAINT conflicts_kind_check CHECK ((kind = ANY (ARRAY['Field'::text, 'Deleted'::text, 'Closed'::text, 'OutOfReach'::text, 'UnknownBase'::text, 'Refused'::text]))),
    CONSTRAINT conflicts_made_at_calendar CHECK (register.is_in_calendar(made_at)),
    CONSTRAINT conflicts_received_at_calendar CHECK (register.is_in_calendar(received_at)),
    CONSTRAINT conflicts_state_check CHECK ((state = ANY (ARRAY['Open'::text, 'Mine'::text, 'Theirs'::text, 'Other'::text]))),
    CONSTRAINT conflicts_their_at_calendar CHECK (register.is_in_calendar(their_at)),
    CONSTRAINT conflicts_updated_at_calendar CHECK (register.is_in_calendar(updated_at))
);

COMMENT ON CONSTRAINT conflicts_created_at_calendar ON register.conflicts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT conflicts_decided_at_calendar ON register.conflicts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT conflicts_decided_check ON register.conflicts IS ': a decision has its person and its time / ：裁决须有裁决人和裁决时间';

COMMENT ON CONSTRAINT conflicts_field_check ON register.conflicts IS ': a conflict is about a field or about a whole request / ：冲突须针对某个字段或整个请求';

COMMENT ON CONSTRAINT conflicts_kind_check ON register.conflicts IS 'must be one of Field, Deleted, Closed, OutOfReach, UnknownBase, Refused / 须为以下之一：Field, Deleted, Closed, OutOfReach, UnknownBase, Refused';

COMMENT ON CONSTRAINT conflicts_made_at_calendar ON register.conflicts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT conflicts_received_at_calendar ON register.conflicts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT conflicts_state_check ON register.conflicts IS 'must be one of Open, Mine, Theirs, Other / 须为以下之一：Open, Mine, Theirs, Other';

COMMENT ON CONSTRAINT conflicts_their_at_calendar ON register.conflicts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT conflicts_updated_at_calendar ON register.conflicts IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.conflict_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code,
    c.made_by,
    c.their_by
   FROM (register.history h
     LEFT JOIN register.conflicts c ON ((c.id = (h.entity_id)::uuid)))
  WHERE (h.entity = 'Conflicts'::text);

CREATE VIEW odata.conflicts AS
 SELECT conflicts.id,
    conflicts.kind,
    conflicts.entity,
    conflicts.entity_id,
        CASE
            WHEN ((conflicts.kind <> 'OutOfReach'::text) OR (conflicts.made_by <> register.actor())) THEN conflicts.division_code
            ELSE NULL::text
        END AS division_code,
    conflicts.field,
    conflicts.base,
    conflicts.mine,
    conflicts.theirs,
    conflicts.base_version,
    conflicts.their_version,
    conflicts.their_by,
    conflicts.their_at,
    conflicts.method,
    conflicts.url,
    ((conflicts.body - 'Position'::text))::text AS body,
    conflicts.code,
    conflicts.reason,
    conflicts.reason_zh,
    conflicts.made_by,
    conflicts.made_at,
    conflicts.device,
    conflicts.request,
    conflicts.received_at,
    conflicts.state,
    conflicts.decided_by,
    conflicts.decided_at,
    conflicts.decided,
    conflicts.created_at,
    conflicts.updated_at,
    conflicts.version
   FROM register.conflicts;

CREATE TABLE register.coverage_bands (
    id uuid NOT NULL,
    run_id uuid NOT NULL,
    place text NOT NULL,
    code text NOT NULL,
    band double precision NOT NULL,
    demand bigint NOT NULL,
    covered bigint NOT NULL,
    points integer,
    share double precision
);

CREATE VIEW odata.coverage_bands AS
 SELECT coverage_bands.id,
    coverage_bands.run_id,
    coverage_bands.place,
    coverage_bands.code,
    coverage_bands.band,
    coverage_bands.demand,
    coverage_bands.covered,
    coverage_bands.points,
    coverage_bands.share
   FROM register.coverage_bands;

CREATE TABLE register.coverage_results (
    id uuid NOT NULL,
    run_id uuid NOT NULL,
    place text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    level text,
    division_code text NOT NULL,
    facility_id uuid,
    location public.geography(Point,4326),
    demand bigint NOT NULL,
    points integer NOT NULL,
    covered bigint NOT NULL,
    share double precision,
    is_covered boolean,
    band double precision,
    nearest_id uuid,
    nearest_cost double precision,
    nearest_p50 double precision,
    nearest_p90 double precision,
    nearest_max double precision,
    choices integer,
    supplies integer,
    capacity double precision,
    provider_ratio double precision,
    two_step double precision,
    stepped double precision,
    gaussian double precision,
    three_step double precision,
    is_off_network boolean DEFAULT false NOT NULL,
    CONSTRAINT coverage_results_demand_check CHECK ((demand >= 0)),
    CONSTRAINT coverage_results_place_check CHECK ((place = ANY (ARRAY['Everywhere'::text, 'Division'::text, 'DemandPoint'::text, 'Supply'::text])))
);

COMMENT ON CONSTRAINT coverage_results_demand_check ON register.coverage_results IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT coverage_results_place_check ON register.coverage_results IS 'must be one of Everywhere, Division, DemandPoint, Supply / 须为以下之一：Everywhere, Division, DemandPoint, Supply';

CREATE TABLE register.coverage_runs (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    name text,
    kind text NOT NULL,
    mode text NOT NULL,
    unit text DEFAULT 'Metres'::text NOT NULL,
    bands text NOT NULL,
    weights text,
    beta double precision,
    demand text NOT NULL,
    demand_kinds text,
    include_planned boolean DEFAULT false NOT NULL,
    draw_areas boolean DEFAULT true NOT NULL,
    baseline_id uuid,
    state text DEFAULT 'Queued'::text NOT NULL,
    progress double precision DEFAULT 0 NOT NULL,
    requested_at timestamp with time zone DEFAULT now() NOT NULL,
    requested_by text DEFAULT register.actor() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    cancel_requested boolean DEFAULT false NOT NULL,
    error text,
    distance text,
    notes text,
    inputs_hash text,
    results_hash text,
    road_revision bigint,
    demand_points integer,
    demand_total bigint,
    covered bigint,
    supplies integer,
    capacity double precision,
    supplies_without_capacity integer,
    demand_off_network integer,
    supplies_off_network integer,
    demand_on_islands integer,
    read_seconds double precision,
    measure_seconds double precision,
    draw_seconds double precision,
    shown_at timestamp with time zone,
    CONSTRAINT coverage_runs_beta_check CHECK (((beta > (0)::double precision) AND (beta < 'Infinity'::double precision))),
    CONSTRAINT coverage_runs_distance_check CHECK ((distance = ANY (ARRAY['geodesic'::text, 'walk'::text, 'drive'::text]))),
    CONSTRAINT coverage_runs_finished_at_calendar CHECK (register.is_in_calendar(finished_at)),
    CONSTRAINT coverage_runs_mode_check CHECK ((mode = ANY (ARRAY['Straight'::text, 'Walk'::text, 'Drive'::text]))),
    CONSTRAINT coverage_runs_name_check CHECK ((length(name) <= 200)),
    CONSTRAINT coverage_runs_name_line CHECK (register.is_line(name)),
    CONSTRAINT coverage_runs_requested_at_calendar CHECK (register.is_in_calendar(requested_at)),
    CONSTRAINT coverage_runs_shown_at_calendar CHECK (register.is_in_calendar(shown_at)),
    CONSTRAINT coverage_runs_started_at_calendar CHECK (register.is_in_calendar(started_at)),
    CONSTRAINT coverage_runs_state_check CHECK ((state = ANY (ARRAY['Queued'::text, 'Running'::text, 'Done'::text, 'Failed'::text, 'Cancelled'::text]))),
    CONSTRAINT coverage_runs_unit_check CHECK ((unit = ANY (ARRAY['Metres'::text, 'Minutes'::text])))
);

COMMENT ON CONSTRAINT coverage_runs_beta_check ON register.coverage_runs IS 'must be more than 0 and finite / 须为有限的正数';

COMMENT ON CONSTRAINT coverage_runs_distance_check ON register.coverage_runs IS 'must be one of geodesic, walk, drive / 须为以下之一：geodesic, walk, drive';

COMMENT ON CONSTRAINT coverage_runs_finished_at_calendar ON register.coverage_runs IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT coverage_runs_mode_check ON register.coverage_runs IS 'must be one of Straight, Walk, Drive / 须为以下之一：Straight, Walk, Drive';

COMMENT ON CONSTRAINT coverage_runs_name_check ON register.coverage_runs IS 'may have 200 characters / 最多 200 个字符';

COMMENT ON CONSTRAINT coverage_runs_name_line ON register.coverage_runs IS 'needs something that can be seen, on one line: no tabs, line breaks or other control characters / 应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符';

COMMENT ON CONSTRAINT coverage_runs_requested_at_calendar ON register.coverage_runs IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT coverage_runs_shown_at_calendar ON register.coverage_runs IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT coverage_runs_started_at_calendar ON register.coverage_runs IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT coverage_runs_state_check ON register.coverage_runs IS 'must be one of Queued, Running, Done, Failed, Cancelled / 须为以下之一：Queued, Running, Done, Failed, Cancelled';

COMMENT ON CONSTRAINT coverage_runs_unit_check ON register.coverage_runs IS 'must be one of Metres, Minutes / 须为以下之一：Metres, Minutes';

CREATE VIEW odata.coverage_changes AS
 SELECT r.id,
    r.run_id,
    u.baseline_id,
    r.place,
    r.code,
    r.name,
    r.level,
    r.division_code,
    r.demand,
    b.demand AS demand_before,
    r.covered,
    b.covered AS covered_before,
    (r.covered - COALESCE(b.covered, (0)::bigint)) AS covered_more,
    r.nearest_cost,
    b.nearest_cost AS nearest_cost_before,
    r.two_step,
    b.two_step AS two_step_before,
    r.stepped,
    b.stepped AS stepped_before,
    r.gaussian,
    b.gaussian AS gaussian_before,
    r.three_step,
    b.three_step AS three_step_before
   FROM ((register.coverage_runs u
     JOIN register.coverage_results r ON ((r.run_id = u.id)))
     LEFT JOIN register.coverage_results b ON (((b.run_id = u.baseline_id) AND (b.place = r.place) AND (b.code = r.code))))
  WHERE (u.baseline_id IS NOT NULL);

CREATE VIEW odata.coverage_results AS
 SELECT coverage_results.id,
    coverage_results.run_id,
    coverage_results.place,
    coverage_results.code,
    coverage_results.name,
    coverage_results.level,
    coverage_results.division_code,
    coverage_results.facility_id,
    coverage_results.location,
    coverage_results.demand,
    coverage_results.points,
    coverage_results.covered,
    coverage_results.share,
    coverage_results.is_covered,
    coverage_results.band,
    coverage_results.nearest_id,
    coverage_results.nearest_cost,
    coverage_results.nearest_p50,
    coverage_results.nearest_p90,
    coverage_results.nearest_max,
    coverage_results.choices,
    coverage_results.supplies,
    coverage_results.capacity,
    coverage_results.provider_ratio,
    coverage_results.two_step,
    coverage_results.stepped,
    coverage_results.gaussian,
    coverage_results.three_step,
    coverage_results.is_off_network
   FROM register.coverage_results;

CREATE VIEW odata.coverage_runs AS
 SELECT coverage_runs.id,
    coverage_runs.name,
    coverage_runs.kind,
    coverage_runs.mode,
    coverage_runs.unit,
    coverage_runs.bands,
    coverage_runs.weights,
    coverage_runs.beta,
    coverage_runs.demand,
    coverage_runs.demand_kinds,
    coverage_runs.include_planned,
    coverage_runs.draw_areas,
    coverage_runs.baseline_id,
    coverage_runs.state,
    coverage_runs.progress,
    coverage_runs.requested_at,
    coverage_runs.requested_by,
    coverage_runs.started_at,
    coverage_runs.finished_at,
    coverage_runs.error,
    coverage_runs.distance,
    coverage_runs.notes,
    coverage_runs.inputs_hash,
    coverage_runs.results_hash,
    coverage_runs.road_revision,
    coverage_runs.demand_points,
    coverage_runs.demand_total,
    coverage_runs.covered,
    ((coverage_runs.covered)::double precision / (NULLIF(coverage_runs.demand_total, 0))::double precision) AS share,
    coverage_runs.supplies,
    coverage_runs.capacity,
    coverage_runs.supplies_without_capacity,
    coverage_runs.demand_off_network,
    coverage_runs.supplies_off_network,
    coverage_runs.demand_on_islands,
    coverage_runs.read_seconds,
    coverage_runs.measure_seconds,
    coverage_runs.draw_seconds,
    coverage_runs.shown_at
   FROM register.coverage_runs;

CREATE VIEW odata.devices AS
 SELECT s.id,
    a.user_name,
    a.display_name,
    ( SELECT min(g.area) AS min
           FROM account.grants g
          WHERE ((g.account = a.user_name) AND (g.valid_from <= now()) AND ((g.valid_to IS NULL) OR (g.valid_to > now())))) AS division_code,
    s.device AS name,
    s.agent,
    s.address,
    s.began_by,
    s.created_at,
    s.last_seen_at,
    s.expires_at,
    s.ended_at,
    s.ended_because
   FROM (account.sessions s
     JOIN account.accounts a ON ((a.id = s.account_id)));

CREATE VIEW odata.division_changes AS
 SELECT h.entity_id AS code,
    h.xid,
    register.former(h.*, 'parent_code'::text) AS parent_code
   FROM register.history h
  WHERE (h.entity = 'Divisions'::text);

CREATE VIEW odata.facility_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code
   FROM register.history h
  WHERE (h.entity = 'Facilities'::text);

CREATE VIEW odata.grant_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    COALESCE(register.former(h.*, 'area'::text),
        CASE h.operation
            WHEN 'update'::text THEN h.division_code
            ELSE NULL::text
        END) AS area
   FROM register.history h
  WHERE (h.entity = 'Grants'::text);

CREATE VIEW odata.grants AS
 SELECT grants.id,
    grants.account,
    grants.role,
    grants.area,
    grants.valid_from,
    grants.valid_to,
    grants.created_at,
    grants.updated_at,
    grants.version
   FROM account.grants;

CREATE VIEW odata.hazard_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code
   FROM register.history h
  WHERE (h.entity = 'Hazards'::text)
UNION ALL
 SELECT hazard_risks.hazard_id AS id,
    hazard_risks.xid,
    NULL::text AS division_code
   FROM register.hazard_risks
  WHERE (hazard_risks.xid IS NOT NULL);

CREATE VIEW odata.incident_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code,
    (register.former(h.*, 'hazard_id'::text))::uuid AS hazard_id
   FROM register.history h
  WHERE (h.entity = 'Incidents'::text);

CREATE VIEW odata.inspection_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code,
    (register.former(h.*, 'hazard_id'::text))::uuid AS hazard_id
   FROM register.history h
  WHERE (h.entity = 'Inspections'::text)
UNION ALL
 SELECT ((history.fields ->> 'corrects_id'::text))::uuid AS id,
    history.xid,
    NULL::text AS division_code,
    NULL::uuid AS hazard_id
   FROM register.history
  WHERE ((history.entity = 'Inspections'::text) AND (history.operation = 'insert'::text) AND (history.fields ? 'corrects_id'::text));

CREATE VIEW odata.notification_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code,
    (register.former(h.*, 'person_id'::text))::uuid AS person_id
   FROM register.history h
  WHERE (h.entity = 'Notifications'::text);

CREATE TABLE register.notifications (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    person_id uuid,
    division_code text NOT NULL,
    kind text NOT NULL,
    entity_id uuid NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    read_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT notifications_at_calendar CHECK (register.is_in_calendar(at)),
    CONSTRAINT notifications_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT notifications_kind_check CHECK ((kind = ANY (ARRAY['RectificationAssigned'::text, 'RectificationClimbed'::text]))),
    CONSTRAINT notifications_read_at_calendar CHECK (register.is_in_calendar(read_at)),
    CONSTRAINT notifications_updated_at_calendar CHECK (register.is_in_calendar(updated_at))
);

COMMENT ON CONSTRAINT notifications_at_calendar ON register.notifications IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT notifications_created_at_calendar ON register.notifications IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT notifications_kind_check ON register.notifications IS 'must be one of RectificationAssigned, RectificationClimbed / 须为以下之一：RectificationAssigned, RectificationClimbed';

COMMENT ON CONSTRAINT notifications_read_at_calendar ON register.notifications IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT notifications_updated_at_calendar ON register.notifications IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.notifications AS
 SELECT notifications.id,
    notifications.person_id,
    notifications.division_code,
    notifications.kind,
    notifications.entity_id,
    notifications.at,
    notifications.read_at,
    notifications.created_at,
    notifications.updated_at,
    notifications.version
   FROM register.notifications;

CREATE VIEW odata.overdue AS
 SELECT d.hazard_id,
    d.division_code,
    d.code,
    d.name,
    d.kind,
    d.location,
    d.risk_level,
    d.last_inspected_at,
    d.due_at,
    d.hours_overdue,
    d.inspector_id,
    d.warden_id,
    COALESCE(d.inspector_id, d.warden_id) AS person_id
   FROM ( SELECT h.id AS hazard_id,
            h.division_code,
            h.code,
            h.name,
            h.kind,
            h.location,
            h.risk_level,
            h.last_inspected_at,
            h.next_inspection_due_at AS due_at,
            ((EXTRACT(epoch FROM (now() - h.next_inspection_due_at)))::double precision / (3600)::double precision) AS hours_overdue,
            ( SELECT r.person_id
                   FROM register.responsibilities r
                  WHERE ((r.hazard_id = h.id) AND (r.role = 'Inspector'::text) AND (r.valid_from <= CURRENT_DATE) AND ((r.valid_to IS NULL) OR (r.valid_to > CURRENT_DATE)))
                  ORDER BY r.valid_from DESC, r.id
                 LIMIT 1) AS inspector_id,
            ( SELECT r.person_id
                   FROM register.responsibilities r
                  WHERE ((r.hazard_id = h.id) AND (r.role = 'Warden'::text) AND (r.valid_from <= CURRENT_DATE) AND ((r.valid_to IS NULL) OR (r.valid_to > CURRENT_DATE)))
                  ORDER BY r.valid_from DESC, r.id
                 LIMIT 1) AS warden_id
           FROM odata.hazards h
          WHERE (h.next_inspection_due_at < now())) d;

CREATE VIEW odata.person_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code
   FROM register.history h
  WHERE (h.entity = 'People'::text);

CREATE VIEW odata.photo_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code,
    (register.former(h.*, 'inspection_id'::text))::uuid AS inspection_id
   FROM register.history h
  WHERE (h.entity = 'Photos'::text);

CREATE VIEW odata.rectification_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code,
    (register.former(h.*, 'hazard_id'::text))::uuid AS hazard_id,
    (register.former(h.*, 'facility_id'::text))::uuid AS facility_id,
    (register.former(h.*, 'inspection_id'::text))::uuid AS inspection_id
   FROM register.history h
  WHERE (h.entity = 'Rectifications'::text);

CREATE TABLE register.rectification_steps (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    rectification_id uuid NOT NULL,
    division_code text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    person_id uuid,
    note text,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    changed_by text DEFAULT register.actor() NOT NULL,
    CONSTRAINT rectification_steps_at_calendar CHECK (register.is_in_calendar(at)),
    CONSTRAINT rectification_steps_from_state_check CHECK ((from_state = ANY (ARRAY['Found'::text, 'Assigned'::text, 'Done'::text, 'Verified'::text, 'Closed'::text, 'Reopened'::text]))),
    CONSTRAINT rectification_steps_note_check CHECK ((length(note) <= 4000)),
    CONSTRAINT rectification_steps_note_prose CHECK (register.is_prose(note)),
    CONSTRAINT rectification_steps_to_state_check CHECK ((to_state = ANY (ARRAY['Found'::text, 'Assigned'::text, 'Done'::text, 'Verified'::text, 'Closed'::text, 'Reopened'::text])))
);

COMMENT ON CONSTRAINT rectification_steps_at_calendar ON register.rectification_steps IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT rectification_steps_from_state_check ON register.rectification_steps IS 'must be one of Found, Assigned, Done, Verified, Closed, Reopened / 须为以下之一：Found, Assigned, Done, Verified, Closed, Reopened';

COMMENT ON CONSTRAINT rectification_steps_note_check ON register.rectification_steps IS 'may have 4000 characters / 最多 4000 个字符';

COMMENT ON CONSTRAINT rectification_steps_note_prose ON register.rectification_steps IS 'needs something that can be seen, without control characters other than tabs and line breaks / 应为可见文字：不能只有空白，除制表符和换行外不能有控制字符';

COMMENT ON CONSTRAINT rectification_steps_to_state_check ON register.rectification_steps IS 'must be one of Found, Assigned, Done, Verified, Closed, Reopened / 须为以下之一：Found, Assigned, Done, Verified, Closed, Reopened';

CREATE VIEW odata.rectification_steps AS
 SELECT rectification_steps.id,
    rectification_steps.rectification_id,
    rectification_steps.division_code,
    rectification_steps.from_state,
    rectification_steps.to_state,
    rectification_steps.person_id,
    rectification_steps.note,
    rectification_steps.at,
    rectification_steps.changed_by
   FROM register.rectification_steps;

CREATE VIEW odata.responsibility_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code,
    (register.former(h.*, 'person_id'::text))::uuid AS person_id,
    (register.former(h.*, 'hazard_id'::text))::uuid AS hazard_id,
    (register.former(h.*, 'facility_id'::text))::uuid AS facility_id
   FROM register.history h
  WHERE (h.entity = 'Responsibilities'::text);

CREATE TABLE register.active_risk_rule (
    is_only boolean DEFAULT true NOT NULL,
    rule text NOT NULL,
    chosen_at timestamp with time zone DEFAULT now() NOT NULL,
    chosen_by text DEFAULT register.actor() NOT NULL,
    CONSTRAINT active_risk_rule_chosen_at_calendar CHECK (register.is_in_calendar(chosen_at)),
    CONSTRAINT active_risk_rule_is_only_check CHECK (is_only)
);

COMMENT ON CONSTRAINT active_risk_rule_chosen_at_calendar ON register.active_risk_rule IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT active_risk_rule_is_only_check ON register.active_risk_rule IS 'has one row only / 只能有一行';

CREATE TABLE register.risk_rules (
    version text NOT NULL,
    title_en text NOT NULL,
    title_zh text NOT NULL,
    distance_mode text NOT NULL,
    reach_metres double precision,
    cutoff_metres double precision NOT NULL,
    red_at_least double precision NOT NULL,
    orange_at_least double precision NOT NULL,
    yellow_at_least double precision NOT NULL,
    sha256 text NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    model text DEFAULT 'Proximity'::text NOT NULL,
    CONSTRAINT risk_rules_distance_mode_check CHECK ((distance_mode = ANY (ARRAY['Straight'::text, 'Walk'::text]))),
    CONSTRAINT risk_rules_model_check CHECK ((model = ANY (ARRAY['Proximity'::text, 'Trips'::text]))),
    CONSTRAINT risk_rules_published_at_calendar CHECK (register.is_in_calendar(published_at))
);

COMMENT ON CONSTRAINT risk_rules_distance_mode_check ON register.risk_rules IS 'must be one of Straight, Walk / 须为以下之一：Straight, Walk';

COMMENT ON CONSTRAINT risk_rules_model_check ON register.risk_rules IS 'must be one of Proximity, Trips / 须为以下之一：Proximity, Trips';

COMMENT ON CONSTRAINT risk_rules_published_at_calendar ON register.risk_rules IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW odata.risk_rules AS
 SELECT r.version,
    r.title_en,
    r.title_zh,
    COALESCE((a.rule = r.version), false) AS is_active,
    a.chosen_at,
    a.chosen_by,
    r.model,
    r.distance_mode,
    r.reach_metres,
    r.cutoff_metres,
    r.red_at_least,
    r.orange_at_least,
    r.yellow_at_least,
    r.sha256,
    r.published_at
   FROM (register.risk_rules r
     LEFT JOIN register.active_risk_rule a ON ((a.rule = r.version)));

CREATE TABLE register.risk_runs (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    rule text,
    started_at timestamp with time zone,
    started_by text DEFAULT register.actor() NOT NULL,
    hazards integer,
    facilities integer,
    pairs bigint,
    changed integer,
    read_seconds double precision,
    score_seconds double precision,
    write_seconds double precision,
    levels jsonb,
    state text DEFAULT 'Queued'::text NOT NULL,
    progress double precision DEFAULT 0 NOT NULL,
    requested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    cancel_requested boolean DEFAULT false NOT NULL,
    error text,
    inputs_hash text,
    level_changes integer,
    makes_scale boolean DEFAULT false NOT NULL,
    CONSTRAINT risk_runs_finished_at_calendar CHECK (register.is_in_calendar(finished_at)),
    CONSTRAINT risk_runs_progress_check CHECK (((progress >= (0)::double precision) AND (progress <= (1)::double precision))),
    CONSTRAINT risk_runs_requested_at_calendar CHECK (register.is_in_calendar(requested_at)),
    CONSTRAINT risk_runs_started_at_calendar CHECK (register.is_in_calendar(started_at)),
    CONSTRAINT risk_runs_state_check CHECK ((state = ANY (ARRAY['Queued'::text, 'Running'::text, 'Done'::text, 'Failed'::text, 'Cancelled'::text])))
);

COMMENT ON CONSTRAINT risk_runs_finished_at_calendar ON register.risk_runs IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT risk_runs_progress_check ON register.risk_runs IS 'must lie between 0 and 1 / 须在 0 至 1 之间';

COMMENT ON CONSTRAINT risk_runs_requested_at_calendar ON register.risk_runs IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT risk_runs_started_at_calendar ON register.risk_runs IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT risk_runs_state_check ON register.risk_runs IS 'must be one of Queued, Running, Done, Failed, Cancelled / 须为以下之一：Queued, Running, Done, Failed, Cancelled';

CREATE VIEW odata.risk_runs AS
 SELECT risk_runs.id,
    risk_runs.rule,
    risk_runs.state,
    risk_runs.progress,
    risk_runs.requested_at,
    risk_runs.started_at,
    risk_runs.finished_at,
    risk_runs.started_by AS requested_by,
    risk_runs.hazards,
    risk_runs.facilities,
    risk_runs.pairs,
    risk_runs.changed,
    risk_runs.level_changes,
    ((risk_runs.levels ->> 'Red'::text))::integer AS red,
    ((risk_runs.levels ->> 'Orange'::text))::integer AS orange,
    ((risk_runs.levels ->> 'Yellow'::text))::integer AS yellow,
    ((risk_runs.levels ->> 'Blue'::text))::integer AS blue,
    risk_runs.inputs_hash,
    risk_runs.read_seconds,
    risk_runs.score_seconds,
    risk_runs.write_seconds,
    risk_runs.error
   FROM register.risk_runs;

CREATE VIEW odata.settlement_changes AS
 SELECT (h.entity_id)::uuid AS id,
    h.xid,
    register.former_division(h.*) AS division_code
   FROM register.history h
  WHERE (h.entity = 'Settlements'::text);

CREATE VIEW register.change_log AS
 SELECT h.entity,
    h.entity_id,
    f.key AS field,
        CASE
            WHEN p.personal THEN '"***"'::jsonb
            WHEN (h.operation = 'update'::text) THEN (f.value -> 0)
            WHEN (h.operation = 'delete'::text) THEN f.value
            ELSE NULL::jsonb
        END AS old_value,
        CASE
            WHEN p.personal THEN '"***"'::jsonb
            WHEN (h.operation = 'update'::text) THEN (f.value -> 1)
            WHEN (h.operation = 'insert'::text) THEN f.value
            ELSE NULL::jsonb
        END AS new_value,
    h.version,
    h.changed_at,
    h.changed_by
   FROM ((register.history h
     CROSS JOIN LATERAL jsonb_each(h.fields) f(key, value))
     CROSS JOIN LATERAL ( SELECT (((((h.entity = 'People'::text) AND (f.key = 'name'::text)) OR ((h.entity = 'People'::text) AND (f.key = 'phone'::text))) OR ((h.entity = 'Inspections'::text) AND (f.key = 'position'::text))) OR ((h.entity = 'Conflicts'::text) AND (f.key = 'body'::text))) AS personal) p);

CREATE TABLE register.climb_rhythm (
    level text NOT NULL,
    days integer NOT NULL,
    CONSTRAINT climb_rhythm_days_check CHECK ((days >= 0)),
    CONSTRAINT climb_rhythm_level_check CHECK ((level = ANY (ARRAY['Prefecture'::text, 'County'::text, 'Township'::text])))
);

COMMENT ON CONSTRAINT climb_rhythm_days_check ON register.climb_rhythm IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT climb_rhythm_level_check ON register.climb_rhythm IS 'must be one of Prefecture, County, Township / 须为以下之一：Prefecture, County, Township';

CREATE TABLE register.deadline_rhythm (
    severity text NOT NULL,
    days integer NOT NULL,
    CONSTRAINT deadline_rhythm_days_check CHECK ((days >= 0)),
    CONSTRAINT deadline_rhythm_severity_check CHECK ((severity = ANY (ARRAY['Minor'::text, 'Serious'::text, 'Grave'::text])))
);

COMMENT ON CONSTRAINT deadline_rhythm_days_check ON register.deadline_rhythm IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT deadline_rhythm_severity_check ON register.deadline_rhythm IS 'must be one of Minor, Serious, Grave / 须为以下之一：Minor, Serious, Grave';

CREATE TABLE register.road_edges (
    id bigint NOT NULL,
    way_id bigint NOT NULL,
    segment integer NOT NULL,
    source bigint NOT NULL,
    target bigint NOT NULL,
    class text NOT NULL,
    name text,
    geom public.geometry(LineString,4326) NOT NULL,
    length_metres double precision NOT NULL,
    speed_kmh double precision,
    walk_forward boolean NOT NULL,
    walk_backward boolean NOT NULL,
    drive_forward boolean NOT NULL,
    drive_backward boolean NOT NULL,
    division_code text NOT NULL,
    origin text NOT NULL,
    CONSTRAINT road_edges_geom_check CHECK ((public.st_isvalid(geom) AND (public.st_npoints(geom) >= 2))),
    CONSTRAINT road_edges_length_metres_check CHECK (((length_metres >= (0)::double precision) AND (length_metres < 'Infinity'::double precision))),
    CONSTRAINT road_edges_speed_kmh_check CHECK ((speed_kmh > (0)::double precision))
);

COMMENT ON CONSTRAINT road_edges_geom_check ON register.road_edges IS 'must be a sound line of two positions or more / 须为至少两个点的有效线';

COMMENT ON CONSTRAINT road_edges_length_metres_check ON register.road_edges IS 'must be 0 or more and finite / 须为有限的非负数';

COMMENT ON CONSTRAINT road_edges_speed_kmh_check ON register.road_edges IS 'must be more than 0 / 须大于 0';

CREATE VIEW register.drive_edges AS
 SELECT road_edges.id,
    road_edges.source,
    road_edges.target,
        CASE
            WHEN road_edges.drive_forward THEN (road_edges.length_metres / (road_edges.speed_kmh / (3.6)::double precision))
            ELSE ('-1'::integer)::double precision
        END AS cost,
        CASE
            WHEN road_edges.drive_backward THEN (road_edges.length_metres / (road_edges.speed_kmh / (3.6)::double precision))
            ELSE ('-1'::integer)::double precision
        END AS reverse_cost,
    road_edges.geom
   FROM register.road_edges
  WHERE ((road_edges.drive_forward OR road_edges.drive_backward) AND (road_edges.speed_kmh IS NOT NULL));

CREATE TABLE register.event_order (
    seq bigint NOT NULL,
    xid xid8 NOT NULL,
    events integer NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT event_order_at_calendar CHECK (register.is_in_calendar(at))
);

COMMENT ON CONSTRAINT event_order_at_calendar ON register.event_order IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE register.event_state (
    one boolean DEFAULT true NOT NULL,
    era bigint NOT NULL,
    epoch text NOT NULL,
    last_seq bigint NOT NULL,
    seen xid8 NOT NULL,
    history_id bigint NOT NULL,
    outbox_id bigint NOT NULL,
    CONSTRAINT event_state_one_check CHECK (one)
);

COMMENT ON CONSTRAINT event_state_one_check ON register.event_state IS 'there is one row only / 仅有一行';

CREATE TABLE register.field_rhythm (
    is_only boolean DEFAULT true NOT NULL,
    version text NOT NULL,
    time_zone text NOT NULL,
    sha256 text NOT NULL,
    CONSTRAINT field_rhythm_is_only_check CHECK (is_only)
);

COMMENT ON CONSTRAINT field_rhythm_is_only_check ON register.field_rhythm IS 'has one row only / 只能有一行';

CREATE TABLE register.hazard_incidents (
    hazard_id uuid NOT NULL,
    incidents integer NOT NULL,
    CONSTRAINT hazard_incidents_incidents_check CHECK ((incidents >= 0))
);

COMMENT ON CONSTRAINT hazard_incidents_incidents_check ON register.hazard_incidents IS 'cannot be negative / 不能为负数';

CREATE TABLE register.hazard_reaches (
    hazard_id uuid NOT NULL,
    ordinal integer NOT NULL,
    shape public.geography(Geometry,4326) NOT NULL,
    from_metres double precision,
    to_metres double precision,
    score double precision NOT NULL,
    level text NOT NULL,
    CONSTRAINT hazard_reaches_level_check CHECK ((level = ANY (ARRAY['Red'::text, 'Orange'::text, 'Yellow'::text, 'Blue'::text]))),
    CONSTRAINT hazard_reaches_ordinal_check CHECK ((ordinal > 0)),
    CONSTRAINT hazard_reaches_score_check CHECK (((score >= (0)::double precision) AND (score < 'Infinity'::double precision)))
);

COMMENT ON CONSTRAINT hazard_reaches_level_check ON register.hazard_reaches IS 'must be one of Red, Orange, Yellow, Blue / 须为以下之一：Red, Orange, Yellow, Blue';

COMMENT ON CONSTRAINT hazard_reaches_ordinal_check ON register.hazard_reaches IS 'counts from 1 / 从 1 开始编号';

COMMENT ON CONSTRAINT hazard_reaches_score_check ON register.hazard_reaches IS 'must be 0 or more and finite / 须为有限的非负数';

ALTER TABLE register.history ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE register.imports (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    file_name text NOT NULL,
    sha256 bytea NOT NULL,
    kind text NOT NULL,
    imported_at timestamp with time zone DEFAULT now() NOT NULL,
    imported_by text DEFAULT register.actor() NOT NULL,
    report jsonb NOT NULL,
    CONSTRAINT imports_imported_at_calendar CHECK (register.is_in_calendar(imported_at)),
    CONSTRAINT imports_sha256_check CHECK ((length(sha256) = 32))
);

COMMENT ON CONSTRAINT imports_imported_at_calendar ON register.imports IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT imports_sha256_check ON register.imports IS 'needs 32 bytes / 须为 32 字节';

CREATE TABLE register.land (
    id bigint NOT NULL,
    fine boolean NOT NULL,
    geom public.geometry(Polygon,4326) NOT NULL
);

ALTER TABLE register.land ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.land_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE register.map_cells (
    layer text NOT NULL,
    cell_row integer NOT NULL,
    cell_column integer NOT NULL,
    class text NOT NULL,
    count bigint NOT NULL,
    across bigint NOT NULL,
    down bigint NOT NULL
);

CREATE TABLE register.map_changes (
    id bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    layer text NOT NULL,
    west double precision,
    south double precision,
    east double precision,
    north double precision,
    CONSTRAINT map_changes_check CHECK ((num_nulls(west, south, east, north) = ANY (ARRAY[0, 4])))
);

COMMENT ON CONSTRAINT map_changes_check ON register.map_changes IS ': the four sides of the box are there together or not at all / ：范围的四边须同时填写或同时为空';

ALTER TABLE register.map_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.map_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE register.moved_waters (
    hazard_id uuid NOT NULL
);

CREATE TABLE register.osm_origins (
    entity text NOT NULL,
    code text NOT NULL,
    "extract" text NOT NULL,
    fingerprint text NOT NULL,
    said jsonb,
    as_of timestamp with time zone,
    CONSTRAINT osm_origins_as_of_calendar CHECK (register.is_in_calendar(as_of)),
    CONSTRAINT osm_origins_entity_check CHECK ((entity = ANY (ARRAY['Divisions'::text, 'Hazards'::text, 'Facilities'::text, 'Settlements'::text])))
);

COMMENT ON CONSTRAINT osm_origins_as_of_calendar ON register.osm_origins IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT osm_origins_entity_check ON register.osm_origins IS 'must be one of Divisions, Hazards, Facilities, Settlements / 须为以下之一：Divisions, Hazards, Facilities, Settlements';

CREATE TABLE register.outbox (
    id bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    topic text NOT NULL,
    subject text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT outbox_created_at_calendar CHECK (register.is_in_calendar(created_at))
);

COMMENT ON CONSTRAINT outbox_created_at_calendar ON register.outbox IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

ALTER TABLE register.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE register.photo_contents (
    photo_id uuid NOT NULL,
    content bytea NOT NULL,
    sha256 bytea GENERATED ALWAYS AS (sha256(content)) STORED NOT NULL,
    thumbnail bytea,
    CONSTRAINT photo_contents_content_check CHECK (((length(content) >= 1) AND (length(content) <= 10485760))),
    CONSTRAINT photo_contents_thumbnail_check CHECK ((length(thumbnail) <= 262144))
);
ALTER TABLE ONLY register.photo_contents ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE ONLY register.photo_contents ALTER COLUMN thumbnail SET STORAGE EXTERNAL;

COMMENT ON CONSTRAINT photo_contents_content_check ON register.photo_contents IS 'needs 1 to 10485760 bytes / 须为 1 至 10485760 字节';

COMMENT ON CONSTRAINT photo_contents_thumbnail_check ON register.photo_contents IS 'may have 262144 characters / 最多 262144 个字符';

CREATE TABLE register.photo_origins (
    photo_id uuid NOT NULL,
    "position" public.geography(Point,4326),
    taken_at timestamp with time zone,
    zone_is_told boolean DEFAULT false NOT NULL,
    CONSTRAINT photo_origins_position_check CHECK (register.is_sound("position")),
    CONSTRAINT photo_origins_taken_at_calendar CHECK (register.is_in_calendar(taken_at))
);

COMMENT ON CONSTRAINT photo_origins_position_check ON register.photo_origins IS 'must be a sound shape: two-dimensional, not empty, not crossing itself / 须为有效图形：二维、非空、不自相交';

COMMENT ON CONSTRAINT photo_origins_taken_at_calendar ON register.photo_origins IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE register.places (
    id bigint NOT NULL,
    name text NOT NULL,
    name_latin text,
    kind text NOT NULL,
    population integer,
    location public.geometry(Point,4326) NOT NULL,
    source text NOT NULL
);

ALTER TABLE register.places ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.places_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE register.rectification_numbers (
    county_code text NOT NULL,
    year integer NOT NULL,
    last_number integer NOT NULL,
    CONSTRAINT rectification_numbers_last_number_check CHECK ((last_number >= 0))
);

COMMENT ON CONSTRAINT rectification_numbers_last_number_check ON register.rectification_numbers IS 'cannot be negative / 不能为负数';

CREATE TABLE register.risk_day (
    is_only boolean DEFAULT true NOT NULL,
    day date DEFAULT CURRENT_DATE NOT NULL,
    CONSTRAINT risk_day_day_calendar CHECK (register.is_in_calendar(day)),
    CONSTRAINT risk_day_is_only_check CHECK (is_only)
);

COMMENT ON CONSTRAINT risk_day_day_calendar ON register.risk_day IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT risk_day_is_only_check ON register.risk_day IS 'has one row only / 只能有一行';

CREATE TABLE register.risk_origins (
    kind text NOT NULL,
    key uuid NOT NULL,
    longitude double precision NOT NULL,
    latitude double precision NOT NULL,
    location public.geography(Point,4326) GENERATED ALWAYS AS ((public.st_setsrid(public.st_point(longitude, latitude), 4326))::public.geography) STORED NOT NULL,
    spread_metres double precision NOT NULL,
    is_town boolean NOT NULL,
    children double precision[] NOT NULL,
    pulls bigint[] NOT NULL,
    CONSTRAINT risk_origins_children_check CHECK ((cardinality(children) = 16)),
    CONSTRAINT risk_origins_kind_check CHECK ((kind = ANY (ARRAY['Building'::text, 'Place'::text, 'ChildrensHome'::text, 'Centre'::text, 'Facility'::text]))),
    CONSTRAINT risk_origins_pulls_check CHECK ((cardinality(pulls) = 4))
);

COMMENT ON CONSTRAINT risk_origins_children_check ON register.risk_origins IS 'needs 16 numbers / 须为 16 个数';

COMMENT ON CONSTRAINT risk_origins_kind_check ON register.risk_origins IS 'must be one of Building, Place, ChildrensHome, Centre, Facility / 须为以下之一：Building, Place, ChildrensHome, Centre, Facility';

COMMENT ON CONSTRAINT risk_origins_pulls_check ON register.risk_origins IS 'needs 4 whole numbers / 须为 4 个整数';

CREATE TABLE register.risk_queue (
    id bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    hazard_id uuid,
    place public.geography(Point,4326),
    queued_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    about_roads boolean DEFAULT false NOT NULL,
    former public.geography(Geometry,4326),
    about_homes boolean DEFAULT false NOT NULL,
    CONSTRAINT risk_queue_about_check CHECK (((NOT (about_roads OR about_homes)) OR ((num_nonnulls(hazard_id, place, former) = 0) AND (NOT (about_roads AND about_homes))))),
    CONSTRAINT risk_queue_queued_at_calendar CHECK (register.is_in_calendar(queued_at)),
    CONSTRAINT risk_queue_subject_check CHECK ((num_nonnulls(hazard_id, place, former) <= 1))
);

COMMENT ON CONSTRAINT risk_queue_about_check ON register.risk_queue IS ': what is about roads or homes names no water and no place / ：涉及道路或居住地时不能指定水域或位置';

COMMENT ON CONSTRAINT risk_queue_queued_at_calendar ON register.risk_queue IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT risk_queue_subject_check ON register.risk_queue IS ': name a water, a place or where a water lay, not several / ：水域、位置与原位置只能填写一项';

ALTER TABLE register.risk_queue ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.risk_queue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE register.risk_scales (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    rule text NOT NULL,
    sha256 text NOT NULL,
    year integer NOT NULL,
    waters integer NOT NULL,
    children_1_to_4 double precision NOT NULL,
    children_5_to_14 double precision NOT NULL,
    deaths_per_year double precision NOT NULL,
    scale json NOT NULL,
    for_maps json NOT NULL,
    is_asked_for boolean NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_by text DEFAULT register.actor() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT risk_scales_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT risk_scales_updated_at_calendar CHECK (register.is_in_calendar(updated_at))
);

COMMENT ON CONSTRAINT risk_scales_created_at_calendar ON register.risk_scales IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT risk_scales_updated_at_calendar ON register.risk_scales IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE register.rivers (
    id bigint NOT NULL,
    name text,
    kind text NOT NULL,
    geom public.geometry(LineString,4326) NOT NULL,
    source text NOT NULL,
    CONSTRAINT rivers_geom_check CHECK (public.st_isvalid(geom))
);

COMMENT ON CONSTRAINT rivers_geom_check ON register.rivers IS 'must be a sound shape: two-dimensional, not empty, not crossing itself / 须为有效图形：二维、非空、不自相交';

ALTER TABLE register.rivers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.rivers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE register.road_edges ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.road_edges_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE register.road_revision (
    is_only boolean DEFAULT true NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT road_revision_is_only_check CHECK (is_only)
);

COMMENT ON CONSTRAINT road_revision_is_only_check ON register.road_revision IS 'has one row only / 只能有一行';

CREATE TABLE register.school_calendars (
    code text NOT NULL,
    division_code text NOT NULL,
    year integer NOT NULL,
    holidays jsonb NOT NULL,
    workdays jsonb NOT NULL,
    sha256 text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT school_calendars_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT school_calendars_updated_at_calendar CHECK (register.is_in_calendar(updated_at))
);

COMMENT ON CONSTRAINT school_calendars_created_at_calendar ON register.school_calendars IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT school_calendars_updated_at_calendar ON register.school_calendars IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE VIEW register.sightings AS
 SELECT i.id,
    i.hazard_id,
    i.at,
    i.has_sign,
    i.has_ring,
    i.has_rope,
    i.has_pole,
    i.has_camera,
    i.depth_metres,
    i.access
   FROM register.inspections i
  WHERE (NOT (EXISTS ( SELECT
           FROM register.inspections c
          WHERE (c.corrects_id = i.id))));

CREATE TABLE register.uploads (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    account text NOT NULL,
    areas text[],
    inspection_id uuid NOT NULL,
    filename text,
    length integer NOT NULL,
    sha256 text,
    state text DEFAULT 'Receiving'::text NOT NULL,
    photo_id uuid,
    media_type text,
    size_bytes integer,
    received_sha256 text,
    stored_sha256 text,
    print text,
    refusal jsonb,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT uploads_created_at_calendar CHECK (register.is_in_calendar(created_at)),
    CONSTRAINT uploads_expires_at_calendar CHECK (register.is_in_calendar(expires_at)),
    CONSTRAINT uploads_filename_check CHECK (((length(filename) <= 200) AND register.is_line(filename))),
    CONSTRAINT uploads_finished_at_calendar CHECK (register.is_in_calendar(finished_at)),
    CONSTRAINT uploads_length_check CHECK ((length > 0)),
    CONSTRAINT uploads_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text]))),
    CONSTRAINT uploads_photo_check CHECK (((state = ANY (ARRAY['Waiting'::text, 'Done'::text])) = (photo_id IS NOT NULL))),
    CONSTRAINT uploads_print_check CHECK ((print ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT uploads_received_sha256_check CHECK ((received_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT uploads_refusal_check CHECK (((state = 'Refused'::text) = (refusal IS NOT NULL))),
    CONSTRAINT uploads_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT uploads_size_bytes_check CHECK ((size_bytes > 0)),
    CONSTRAINT uploads_state_check CHECK ((state = ANY (ARRAY['Receiving'::text, 'Waiting'::text, 'Done'::text, 'Refused'::text, 'Ended'::text, 'Expired'::text]))),
    CONSTRAINT uploads_stored_sha256_check CHECK ((stored_sha256 ~ '^[0-9a-f]{64}$'::text))
);

COMMENT ON CONSTRAINT uploads_created_at_calendar ON register.uploads IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT uploads_expires_at_calendar ON register.uploads IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT uploads_filename_check ON register.uploads IS 'needs up to 200 characters on one line / 须为 200 个字符以内的单行文字';

COMMENT ON CONSTRAINT uploads_finished_at_calendar ON register.uploads IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT uploads_length_check ON register.uploads IS 'must be more than 0 / 须大于 0';

COMMENT ON CONSTRAINT uploads_media_type_check ON register.uploads IS 'must be one of image/jpeg, image/png, image/webp / 须为以下之一：image/jpeg, image/png, image/webp';

COMMENT ON CONSTRAINT uploads_photo_check ON register.uploads IS ': an upload has a photo when it is complete, and only then / ：上传完成时且仅在完成时有照片';

COMMENT ON CONSTRAINT uploads_print_check ON register.uploads IS 'needs 64 hexadecimal digits / 须为 64 位十六进制数字';

COMMENT ON CONSTRAINT uploads_received_sha256_check ON register.uploads IS 'needs 64 hexadecimal digits / 须为 64 位十六进制数字';

COMMENT ON CONSTRAINT uploads_refusal_check ON register.uploads IS ': an upload that was refused says why, and no other does / ：被拒绝的上传须且只有其须说明原因';

COMMENT ON CONSTRAINT uploads_sha256_check ON register.uploads IS 'needs 64 hexadecimal digits / 须为 64 位十六进制数字';

COMMENT ON CONSTRAINT uploads_size_bytes_check ON register.uploads IS 'must be more than 0 / 须大于 0';

COMMENT ON CONSTRAINT uploads_state_check ON register.uploads IS 'must be one of Receiving, Waiting, Done, Refused, Ended, Expired / 须为以下之一：Receiving, Waiting, Done, Refused, Ended, Expired';

COMMENT ON CONSTRAINT uploads_stored_sha256_check ON register.uploads IS 'needs 64 hexadecimal digits / 须为 64 位十六进制数字';

CREATE VIEW register.walk_edges AS
 SELECT road_edges.id,
    road_edges.source,
    road_edges.target,
        CASE
            WHEN road_edges.walk_forward THEN road_edges.length_metres
            ELSE ('-1'::integer)::double precision
        END AS cost,
        CASE
            WHEN road_edges.walk_backward THEN road_edges.length_metres
            ELSE ('-1'::integer)::double precision
        END AS reverse_cost,
    road_edges.geom
   FROM register.road_edges
  WHERE (road_edges.walk_forward OR road_edges.walk_backward);

CREATE VIEW register.way_origins AS
 WITH leaves AS NOT MATERIALIZED (
         SELECT d.code,
            d.name,
            (COALESCE(d.children, 0))::double precision AS children,
            d.centre
           FROM register.divisions d
          WHERE ((d.code <> '0000'::text) AND (d.valid_from <= CURRENT_DATE) AND ((d.valid_to IS NULL) OR (d.valid_to > CURRENT_DATE)) AND (NOT (EXISTS ( SELECT
                   FROM register.divisions c
                  WHERE ((c.parent_code = d.code) AND (c.valid_from <= CURRENT_DATE) AND ((c.valid_to IS NULL) OR (c.valid_to > CURRENT_DATE)))))))
        )
 SELECT 'Settlement'::text AS origin_kind,
    (s.id)::text AS origin,
    COALESCE(s.name, l.name) AS origin_name,
    s.location,
    (l.children *
        CASE
            WHEN (best.weight > (0)::double precision) THEN (s.weight / best.weight)
            ELSE ((1.0)::double precision / best.count)
        END) AS weight
   FROM ((leaves l
     CROSS JOIN LATERAL ( SELECT b.kind,
            (sum((b.weight)::numeric))::double precision AS weight,
            (count(*))::double precision AS count
           FROM register.settlements b
          WHERE (b.division_code = l.code)
          GROUP BY b.kind
          ORDER BY (b.kind = 'Building'::text) DESC
         LIMIT 1) best)
     JOIN register.settlements s ON (((s.division_code = l.code) AND (s.kind = best.kind))))
UNION ALL
 SELECT 'ChildrensHome'::text AS origin_kind,
    (h.id)::text AS origin,
    h.name AS origin_name,
    h.location,
    (l.children / (( SELECT count(*) AS count
           FROM register.facilities s
          WHERE ((s.kind = 'ChildrensHome'::text) AND (s.status = 'Open'::text) AND (s.division_code = l.code))))::double precision) AS weight
   FROM (register.facilities h
     JOIN leaves l ON ((l.code = h.division_code)))
  WHERE ((h.kind = 'ChildrensHome'::text) AND (h.status = 'Open'::text) AND (NOT (EXISTS ( SELECT
           FROM register.settlements s
          WHERE (s.division_code = l.code)))))
UNION ALL
 SELECT 'Division'::text AS origin_kind,
    l.code AS origin,
    l.name AS origin_name,
    l.centre AS location,
    l.children AS weight
   FROM leaves l
  WHERE ((NOT (EXISTS ( SELECT
           FROM register.settlements s
          WHERE (s.division_code = l.code)))) AND (NOT (EXISTS ( SELECT
           FROM register.facilities h
          WHERE ((h.kind = 'ChildrensHome'::text) AND (h.status = 'Open'::text) AND (h.division_code = l.code))))));

CREATE TABLE register.way_queue (
    id bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    concerns text NOT NULL,
    subject uuid,
    place public.geography(Point,4326),
    queued_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT way_queue_check CHECK (((subject IS NULL) = (concerns <> ALL (ARRAY['Water'::text, 'Pupils'::text, 'School'::text])))),
    CONSTRAINT way_queue_check1 CHECK (((place IS NULL) = (concerns <> ALL (ARRAY['School'::text, 'Origin'::text])))),
    CONSTRAINT way_queue_concerns_check CHECK ((concerns = ANY (ARRAY['Water'::text, 'Pupils'::text, 'School'::text, 'Origin'::text, 'Waters'::text, 'Everything'::text]))),
    CONSTRAINT way_queue_queued_at_calendar CHECK (register.is_in_calendar(queued_at))
);

COMMENT ON CONSTRAINT way_queue_check ON register.way_queue IS ': the subject is for a water, pupils or a school, and for nothing else / ：对象仅在涉及水域、学生或学校时填写';

COMMENT ON CONSTRAINT way_queue_check1 ON register.way_queue IS ': the place is for a school or an origin, and for nothing else / ：位置仅在涉及学校或出发点时填写';

COMMENT ON CONSTRAINT way_queue_concerns_check ON register.way_queue IS 'must be one of Water, Pupils, School, Origin, Waters, Everything / 须为以下之一：Water, Pupils, School, Origin, Waters, Everything';

COMMENT ON CONSTRAINT way_queue_queued_at_calendar ON register.way_queue IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

ALTER TABLE register.way_queue ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.way_queue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE register.way_runs (
    id uuid DEFAULT register.uuid_v7() NOT NULL,
    computed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    computed_by text DEFAULT register.actor() NOT NULL,
    road_revision bigint NOT NULL,
    farthest_metres double precision NOT NULL,
    within_metres double precision NOT NULL,
    schools integer NOT NULL,
    origins integer NOT NULL,
    ways integer NOT NULL,
    unserved integer NOT NULL,
    waters integer NOT NULL,
    seconds double precision NOT NULL,
    CONSTRAINT way_runs_computed_at_calendar CHECK (register.is_in_calendar(computed_at))
);

COMMENT ON CONSTRAINT way_runs_computed_at_calendar ON register.way_runs IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

CREATE TABLE register.way_state (
    is_only boolean DEFAULT true NOT NULL,
    caught_up_at timestamp with time zone,
    as_of date DEFAULT CURRENT_DATE NOT NULL,
    CONSTRAINT way_state_as_of_calendar CHECK (register.is_in_calendar(as_of)),
    CONSTRAINT way_state_caught_up_at_calendar CHECK (register.is_in_calendar(caught_up_at)),
    CONSTRAINT way_state_is_only_check CHECK (is_only)
);

COMMENT ON CONSTRAINT way_state_as_of_calendar ON register.way_state IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT way_state_caught_up_at_calendar ON register.way_state IS 'lies outside the calendar, 0001-01-01 to 9999-12-31 / 超出日期范围（0001-01-01 至 9999-12-31）';

COMMENT ON CONSTRAINT way_state_is_only_check ON register.way_state IS 'has one row only / 只能有一行';

CREATE TABLE register.way_waters (
    facility_id uuid NOT NULL,
    hazard_id uuid NOT NULL,
    division_code text NOT NULL,
    ways integer NOT NULL,
    nearest_metres double precision NOT NULL,
    metres double precision NOT NULL,
    children double precision NOT NULL,
    child_minutes double precision NOT NULL,
    geom public.geometry(Point,4326) NOT NULL
);

CREATE TABLE register.ways (
    facility_id uuid NOT NULL,
    origin_kind text NOT NULL,
    origin text NOT NULL,
    origin_name text NOT NULL,
    division_code text NOT NULL,
    children double precision NOT NULL,
    door_metres double precision NOT NULL,
    path_metres double precision NOT NULL,
    gate_metres double precision NOT NULL,
    geom public.geometry(LineString,4326) NOT NULL,
    CONSTRAINT ways_children_check CHECK ((children >= (0)::double precision)),
    CONSTRAINT ways_origin_kind_check CHECK ((origin_kind = ANY (ARRAY['Division'::text, 'ChildrensHome'::text, 'Settlement'::text])))
);

COMMENT ON CONSTRAINT ways_children_check ON register.ways IS 'cannot be negative / 不能为负数';

COMMENT ON CONSTRAINT ways_origin_kind_check ON register.ways IS 'must be one of Division, ChildrensHome, Settlement / 须为以下之一：Division, ChildrensHome, Settlement';

CREATE TABLE register.words (
    enumeration text NOT NULL,
    member text NOT NULL,
    place integer NOT NULL,
    zh text NOT NULL,
    en text NOT NULL
);

ALTER TABLE ONLY account.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY account.accounts
    ADD CONSTRAINT accounts_user_name_key UNIQUE (user_name);

COMMENT ON CONSTRAINT accounts_user_name_key ON account.accounts IS 'is already used by another account / 已被其他账户使用';

ALTER TABLE ONLY account.audit_entries
    ADD CONSTRAINT audit_entries_number_key UNIQUE (number);

COMMENT ON CONSTRAINT audit_entries_number_key ON account.audit_entries IS 'is already the number of another entry / 已是其他审计记录的序号';

ALTER TABLE ONLY account.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY account.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY account.grants
    ADD CONSTRAINT grants_pkey PRIMARY KEY (id);

ALTER TABLE ONLY account.login_codes
    ADD CONSTRAINT login_codes_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY account.receipts
    ADD CONSTRAINT receipts_pkey PRIMARY KEY (caller, request, device);

ALTER TABLE ONLY account.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY account.repeatable_requests
    ADD CONSTRAINT repeatable_requests_pkey PRIMARY KEY (caller, client, request);

ALTER TABLE ONLY account.second_factors
    ADD CONSTRAINT second_factors_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY account.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY account.tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY account.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY journal.scripts
    ADD CONSTRAINT scripts_pkey PRIMARY KEY (name);

ALTER TABLE ONLY register.active_risk_rule
    ADD CONSTRAINT active_risk_rule_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY register.catchment_areas
    ADD CONSTRAINT catchment_areas_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.climb_rhythm
    ADD CONSTRAINT climb_rhythm_pkey PRIMARY KEY (level);

ALTER TABLE ONLY register.conflicts
    ADD CONSTRAINT conflicts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.coverage_bands
    ADD CONSTRAINT coverage_bands_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.coverage_results
    ADD CONSTRAINT coverage_results_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.coverage_runs
    ADD CONSTRAINT coverage_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.deadline_rhythm
    ADD CONSTRAINT deadline_rhythm_pkey PRIMARY KEY (severity);

ALTER TABLE ONLY register.divisions
    ADD CONSTRAINT divisions_pkey PRIMARY KEY (code);

ALTER TABLE ONLY register.event_order
    ADD CONSTRAINT event_order_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY register.event_order
    ADD CONSTRAINT event_order_xid_key UNIQUE (xid);

COMMENT ON CONSTRAINT event_order_xid_key ON register.event_order IS 'has its place already / 已有位置';

ALTER TABLE ONLY register.event_state
    ADD CONSTRAINT event_state_pkey PRIMARY KEY (one);

ALTER TABLE ONLY register.facilities
    ADD CONSTRAINT facilities_code_key UNIQUE (code);

COMMENT ON CONSTRAINT facilities_code_key ON register.facilities IS 'is already used by another facility / 已被其他设施使用';

ALTER TABLE ONLY register.facilities
    ADD CONSTRAINT facilities_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.field_rhythm
    ADD CONSTRAINT field_rhythm_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY register.hazard_incidents
    ADD CONSTRAINT hazard_incidents_pkey PRIMARY KEY (hazard_id);

ALTER TABLE ONLY register.hazard_reaches
    ADD CONSTRAINT hazard_reaches_pkey PRIMARY KEY (hazard_id, ordinal);

ALTER TABLE ONLY register.hazard_risks
    ADD CONSTRAINT hazard_risks_pkey PRIMARY KEY (hazard_id);

ALTER TABLE ONLY register.hazards
    ADD CONSTRAINT hazards_code_key UNIQUE (code);

COMMENT ON CONSTRAINT hazards_code_key ON register.hazards IS 'is already used by another water / 已被其他水域使用';

ALTER TABLE ONLY register.hazards
    ADD CONSTRAINT hazards_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.history
    ADD CONSTRAINT history_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.incidents
    ADD CONSTRAINT incidents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.inspections
    ADD CONSTRAINT inspections_corrects_id_key UNIQUE (corrects_id);

COMMENT ON CONSTRAINT inspections_corrects_id_key ON register.inspections IS 'has been corrected already: correct its correction / 已被更正过：请更正最新的那一条';

ALTER TABLE ONLY register.inspections
    ADD CONSTRAINT inspections_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.land
    ADD CONSTRAINT land_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.map_changes
    ADD CONSTRAINT map_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.osm_origins
    ADD CONSTRAINT osm_origins_pkey PRIMARY KEY (entity, code);

ALTER TABLE ONLY register.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.photo_contents
    ADD CONSTRAINT photo_contents_pkey PRIMARY KEY (photo_id);

ALTER TABLE ONLY register.photo_origins
    ADD CONSTRAINT photo_origins_pkey PRIMARY KEY (photo_id);

ALTER TABLE ONLY register.photos
    ADD CONSTRAINT photos_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.places
    ADD CONSTRAINT places_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.rectification_numbers
    ADD CONSTRAINT rectification_numbers_pkey PRIMARY KEY (county_code, year);

ALTER TABLE ONLY register.rectification_steps
    ADD CONSTRAINT rectification_steps_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_number_key UNIQUE (number);

COMMENT ON CONSTRAINT rectifications_number_key ON register.rectifications IS 'is already given to another rectification / 已用于另一项整改';

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.responsibilities
    ADD CONSTRAINT responsibilities_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.risk_day
    ADD CONSTRAINT risk_day_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY register.risk_level_changes
    ADD CONSTRAINT risk_level_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.risk_origins
    ADD CONSTRAINT risk_origins_pkey PRIMARY KEY (kind, key);

ALTER TABLE ONLY register.risk_queue
    ADD CONSTRAINT risk_queue_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.risk_rules
    ADD CONSTRAINT risk_rules_pkey PRIMARY KEY (version);

ALTER TABLE ONLY register.risk_runs
    ADD CONSTRAINT risk_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.risk_scales
    ADD CONSTRAINT risk_scales_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.rivers
    ADD CONSTRAINT rivers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.road_edges
    ADD CONSTRAINT road_edges_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.road_edges
    ADD CONSTRAINT road_edges_way_id_segment_key UNIQUE (way_id, segment);

COMMENT ON CONSTRAINT road_edges_way_id_segment_key ON register.road_edges IS ': the way has this segment already / ：该道路已有此路段';

ALTER TABLE ONLY register.road_revision
    ADD CONSTRAINT road_revision_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY register.school_calendars
    ADD CONSTRAINT school_calendars_pkey PRIMARY KEY (code);

ALTER TABLE ONLY register.settlements
    ADD CONSTRAINT settlements_code_key UNIQUE (code);

COMMENT ON CONSTRAINT settlements_code_key ON register.settlements IS 'is already used by another settlement / 已被其他居民点使用';

ALTER TABLE ONLY register.settlements
    ADD CONSTRAINT settlements_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.visit_rhythm
    ADD CONSTRAINT visit_rhythm_pkey PRIMARY KEY (level);

ALTER TABLE ONLY register.way_queue
    ADD CONSTRAINT way_queue_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.way_runs
    ADD CONSTRAINT way_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY register.way_state
    ADD CONSTRAINT way_state_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY register.way_waters
    ADD CONSTRAINT way_waters_pkey PRIMARY KEY (facility_id, hazard_id);

ALTER TABLE ONLY register.ways
    ADD CONSTRAINT ways_pkey PRIMARY KEY (facility_id, origin_kind, origin);

ALTER TABLE ONLY register.words
    ADD CONSTRAINT words_pkey PRIMARY KEY (enumeration, member);

CREATE INDEX audit_entries_by_actor ON account.audit_entries USING btree (actor, at);

CREATE INDEX audit_entries_by_time ON account.audit_entries USING btree (at, id);

CREATE INDEX audit_entries_of_entity ON account.audit_entries USING btree (entity, entity_id, at);

CREATE INDEX grants_by_area ON account.grants USING btree (area text_pattern_ops);

CREATE INDEX grants_of_account ON account.grants USING btree (account);

CREATE INDEX login_codes_of_account ON account.login_codes USING btree (account_id) WHERE (used_at IS NULL);

CREATE INDEX receipts_by_age ON account.receipts USING brin (received_at);

CREATE INDEX receipts_by_xid ON account.receipts USING btree (xid);

CREATE INDEX receipts_of_device ON account.receipts USING btree (caller, device, received_at DESC);

CREATE INDEX recovery_codes_of_account ON account.recovery_codes USING btree (account_id);

CREATE INDEX repeatable_requests_by_age ON account.repeatable_requests USING btree (recorded_at);

CREATE INDEX sessions_of_account ON account.sessions USING btree (account_id, created_at);

CREATE INDEX tokens_of_account ON account.tokens USING btree (account_id);

CREATE INDEX tokens_of_session ON account.tokens USING btree (session_id) WHERE (session_id IS NOT NULL);

CREATE INDEX catchment_areas_of_run ON register.catchment_areas USING btree (run_id, band);

CREATE INDEX catchment_areas_planar ON register.catchment_areas USING gist (((area)::public.geometry));

CREATE INDEX conflicts_of_entity ON register.conflicts USING btree (entity, entity_id);

CREATE INDEX conflicts_of_maker ON register.conflicts USING btree (made_by);

CREATE INDEX conflicts_of_other ON register.conflicts USING btree (their_by);

CREATE INDEX conflicts_open ON register.conflicts USING btree (division_code text_pattern_ops, received_at) WHERE (state = 'Open'::text);

CREATE INDEX coverage_bands_of_run ON register.coverage_bands USING btree (run_id, place, code, band);

CREATE INDEX coverage_results_left_out ON register.coverage_results USING btree (run_id, demand DESC, id) WHERE (is_covered = false);

CREATE INDEX coverage_results_of_run ON register.coverage_results USING btree (run_id, place, code);

CREATE INDEX coverage_runs_by_time ON register.coverage_runs USING btree (requested_at DESC);

CREATE INDEX coverage_runs_open ON register.coverage_runs USING btree (requested_at, id) WHERE (state = ANY (ARRAY['Queued'::text, 'Running'::text]));

CREATE INDEX coverage_runs_shown ON register.coverage_runs USING btree (shown_at DESC NULLS LAST) WHERE (state = 'Done'::text);

CREATE INDEX divisions_boundary ON register.divisions USING gist (boundary);

CREATE INDEX divisions_boundary_planar ON register.divisions USING gist (((boundary)::public.geometry));

CREATE INDEX divisions_by_level ON register.divisions USING btree (level, code);

CREATE INDEX divisions_by_parent ON register.divisions USING btree (parent_code);

CREATE INDEX divisions_by_prefix ON register.divisions USING btree (code text_pattern_ops);

CREATE INDEX divisions_centre ON register.divisions USING gist (centre);

CREATE INDEX divisions_centre_planar ON register.divisions USING gist (((centre)::public.geometry));

CREATE INDEX event_order_by_age ON register.event_order USING btree (at);

CREATE INDEX facilities_by_division ON register.facilities USING btree (division_code text_pattern_ops, id);

CREATE INDEX facilities_by_kind ON register.facilities USING btree (kind, id);

CREATE INDEX facilities_code_trigrams ON register.facilities USING gin (code public.gin_trgm_ops);

CREATE INDEX facilities_location ON register.facilities USING gist (location);

CREATE INDEX facilities_location_planar ON register.facilities USING gist (((location)::public.geometry));

CREATE INDEX facilities_name_trigrams ON register.facilities USING gin (name public.gin_trgm_ops);

CREATE INDEX facilities_with_children ON register.facilities USING gist (location) WHERE ((under5 > 0) OR (aged_5_to_14 > 0));

CREATE INDEX hazard_reaches_planar ON register.hazard_reaches USING gist (((shape)::public.geometry));

CREATE INDEX hazard_risks_by_level ON register.hazard_risks USING btree (level, hazard_id);

CREATE INDEX hazard_risks_by_score ON register.hazard_risks USING btree (score DESC NULLS LAST, hazard_id);

CREATE INDEX hazard_risks_by_xid ON register.hazard_risks USING btree (xid);

CREATE INDEX hazards_by_division ON register.hazards USING btree (division_code text_pattern_ops, id);

CREATE INDEX hazards_by_kind ON register.hazards USING btree (kind, id);

CREATE INDEX hazards_by_name ON register.hazards USING btree (name text_pattern_ops, id);

CREATE INDEX hazards_code_trigrams ON register.hazards USING gin (code public.gin_trgm_ops);

CREATE INDEX hazards_location ON register.hazards USING gist (location);

CREATE INDEX hazards_location_planar ON register.hazards USING gist (((location)::public.geometry));

CREATE INDEX hazards_name_trigrams ON register.hazards USING gin (name public.gin_trgm_ops);

CREATE INDEX hazards_shape ON register.hazards USING gist (shape);

CREATE INDEX hazards_shape_planar ON register.hazards USING gist (((shape)::public.geometry));

CREATE INDEX history_by_time ON register.history USING brin (changed_at);

CREATE INDEX history_by_xid ON register.history USING btree (xid);

CREATE INDEX history_of_deletions ON register.history USING btree (entity, changed_at) WHERE (operation = 'delete'::text);

CREATE INDEX history_of_entity ON register.history USING btree (entity, entity_id, id);

CREATE INDEX history_of_entity_by_time ON register.history USING btree (entity, entity_id, changed_at);

CREATE INDEX history_of_entity_by_xid ON register.history USING btree (entity, xid);

CREATE INDEX incidents_by_division ON register.incidents USING btree (division_code text_pattern_ops, id);

CREATE INDEX incidents_of_hazard ON register.incidents USING btree (hazard_id);

CREATE INDEX inspections_by_division ON register.inspections USING btree (division_code text_pattern_ops, id);

CREATE INDEX inspections_of_hazard ON register.inspections USING btree (hazard_id, at DESC);

CREATE INDEX land_geom ON register.land USING gist (geom) WHERE fine;

CREATE INDEX map_cells_by_place ON register.map_cells USING btree (layer, cell_row, cell_column);

CREATE INDEX map_changes_by_xid ON register.map_changes USING btree (xid);

CREATE INDEX notifications_by_division ON register.notifications USING btree (division_code text_pattern_ops, id);

CREATE INDEX notifications_of_person ON register.notifications USING btree (person_id, at DESC) WHERE (person_id IS NOT NULL);

CREATE INDEX osm_origins_by_extract ON register.osm_origins USING btree ("extract");

CREATE INDEX outbox_by_xid ON register.outbox USING btree (xid, id);

CREATE INDEX people_by_division ON register.people USING btree (division_code text_pattern_ops, id);

CREATE INDEX photos_by_print ON register.photos USING gin (register.print_parts(print)) WHERE (print IS NOT NULL);

CREATE INDEX photos_by_sha256 ON register.photos USING btree (sha256);

CREATE INDEX photos_of_author ON register.photos USING btree (created_by, created_at);

CREATE INDEX photos_of_inspection ON register.photos USING btree (inspection_id);

CREATE INDEX places_location ON register.places USING gist (location);

CREATE INDEX rectification_steps_by_division ON register.rectification_steps USING btree (division_code text_pattern_ops, id);

CREATE INDEX rectification_steps_of ON register.rectification_steps USING btree (rectification_id, at);

CREATE INDEX rectifications_by_division ON register.rectifications USING btree (division_code text_pattern_ops, id);

CREATE INDEX rectifications_due ON register.rectifications USING btree (due_on) WHERE (state = ANY (ARRAY['Found'::text, 'Assigned'::text, 'Reopened'::text]));

CREATE INDEX rectifications_of_facility ON register.rectifications USING btree (facility_id) WHERE (facility_id IS NOT NULL);

CREATE INDEX rectifications_of_hazard ON register.rectifications USING btree (hazard_id) WHERE (hazard_id IS NOT NULL);

CREATE INDEX rectifications_of_inspection ON register.rectifications USING btree (inspection_id) WHERE (inspection_id IS NOT NULL);

CREATE INDEX responsibilities_by_division ON register.responsibilities USING btree (division_code text_pattern_ops, id);

CREATE INDEX responsibilities_of_facility ON register.responsibilities USING btree (facility_id, valid_from) WHERE (facility_id IS NOT NULL);

CREATE INDEX responsibilities_of_hazard ON register.responsibilities USING btree (hazard_id, valid_from) WHERE (hazard_id IS NOT NULL);

CREATE INDEX responsibilities_of_person ON register.responsibilities USING btree (person_id);

CREATE INDEX risk_level_changes_by_division ON register.risk_level_changes USING btree (division_code text_pattern_ops, id);

CREATE INDEX risk_level_changes_of_hazard ON register.risk_level_changes USING btree (hazard_id, changed_at DESC);

CREATE INDEX risk_origins_location ON register.risk_origins USING gist (location);

CREATE INDEX risk_queue_by_xid ON register.risk_queue USING btree (xid);

CREATE INDEX risk_runs_by_time ON register.risk_runs USING btree (started_at DESC);

CREATE INDEX risk_runs_open ON register.risk_runs USING btree (requested_at, id) WHERE (state = ANY (ARRAY['Queued'::text, 'Running'::text]));

CREATE INDEX risk_scales_by_rule ON register.risk_scales USING btree (rule, created_at DESC);

CREATE INDEX rivers_geom ON register.rivers USING gist (geom);

CREATE INDEX road_edges_by_source ON register.road_edges USING btree (source);

CREATE INDEX road_edges_by_target ON register.road_edges USING btree (target);

CREATE INDEX road_edges_geom ON register.road_edges USING gist (geom);

CREATE INDEX settlements_by_division ON register.settlements USING btree (division_code text_pattern_ops, id);

CREATE INDEX settlements_by_kind ON register.settlements USING btree (kind, id);

CREATE INDEX settlements_location ON register.settlements USING gist (location);

CREATE INDEX settlements_location_planar ON register.settlements USING gist (((location)::public.geometry));

CREATE INDEX settlements_name_trigrams ON register.settlements USING gin (name public.gin_trgm_ops);

CREATE INDEX uploads_by_photo ON register.uploads USING btree (photo_id) WHERE (photo_id IS NOT NULL);

CREATE INDEX uploads_of_account ON register.uploads USING btree (account, created_at);

CREATE INDEX uploads_of_inspection ON register.uploads USING btree (inspection_id, sha256);

CREATE INDEX uploads_open ON register.uploads USING btree (expires_at) WHERE (state = ANY (ARRAY['Receiving'::text, 'Waiting'::text]));

CREATE INDEX uploads_that_wait ON register.uploads USING btree (inspection_id) WHERE (state = 'Waiting'::text);

CREATE INDEX way_queue_of_many ON register.way_queue USING btree (xid) WHERE (concerns = ANY (ARRAY['Waters'::text, 'Everything'::text]));

CREATE INDEX way_runs_by_time ON register.way_runs USING btree (computed_at DESC);

CREATE INDEX way_waters_by_hazard ON register.way_waters USING btree (hazard_id);

CREATE INDEX way_waters_by_rank ON register.way_waters USING btree (child_minutes DESC, facility_id, hazard_id);

CREATE INDEX way_waters_geom ON register.way_waters USING gist (geom);

CREATE INDEX ways_geography ON register.ways USING gist (((geom)::public.geography));

CREATE INDEX ways_geom ON register.ways USING gist (geom);

CREATE TRIGGER announce_accounts AFTER DELETE OR UPDATE ON account.accounts FOR EACH STATEMENT EXECUTE FUNCTION register.announce_accounts();

CREATE TRIGGER announce_accounts AFTER INSERT OR DELETE OR UPDATE ON account.grants FOR EACH STATEMENT EXECUTE FUNCTION register.announce_accounts();

CREATE TRIGGER begin_audit_entry BEFORE INSERT ON account.audit_entries FOR EACH ROW EXECUTE FUNCTION account.begin_audit_entry();

CREATE TRIGGER record_history_delete AFTER DELETE ON account.grants REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Grants', 'id', 'area');

CREATE TRIGGER record_history_insert AFTER INSERT ON account.grants REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Grants', 'id', 'area');

CREATE TRIGGER record_history_update AFTER UPDATE ON account.grants REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Grants', 'id', 'area');

CREATE TRIGGER refuse_rewriting BEFORE DELETE OR UPDATE ON account.audit_entries FOR EACH ROW EXECUTE FUNCTION account.refuse_rewriting_audit();

CREATE TRIGGER refuse_truncating BEFORE TRUNCATE ON account.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION account.refuse_rewriting_audit();

CREATE CONSTRAINT TRIGGER seal_audit_entry AFTER INSERT ON account.audit_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION account.seal_audit_entry();

CREATE TRIGGER stamp_version BEFORE UPDATE ON account.grants FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER announce_delete AFTER DELETE ON register.facilities REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_rows('Facilities', 'facilities', 'location', '{code,name,kind,location}');

CREATE TRIGGER announce_delete AFTER DELETE ON register.hazard_reaches REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION register.announce_reaches();

CREATE TRIGGER announce_delete AFTER DELETE ON register.hazards REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_rows('Hazards', 'hazards', 'shape', '{code,name,kind,status,shape}');

CREATE TRIGGER announce_delete AFTER DELETE ON register.settlements REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_rows('Settlements', 'settlements', 'location', '{code,name,kind,weight,location}');

CREATE TRIGGER announce_delete AFTER DELETE ON register.way_waters REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_ways();

CREATE TRIGGER announce_delete AFTER DELETE ON register.ways REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_ways();

CREATE TRIGGER announce_insert AFTER INSERT ON register.facilities REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_rows('Facilities', 'facilities', 'location', '{code,name,kind,location}');

CREATE TRIGGER announce_insert AFTER INSERT ON register.hazard_reaches REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION register.announce_reaches();

CREATE TRIGGER announce_insert AFTER INSERT ON register.hazards REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_rows('Hazards', 'hazards', 'shape', '{code,name,kind,status,shape}');

CREATE TRIGGER announce_insert AFTER INSERT ON register.risk_level_changes REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_level_changes();

CREATE TRIGGER announce_insert AFTER INSERT ON register.settlements REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_rows('Settlements', 'settlements', 'location', '{code,name,kind,weight,location}');

CREATE TRIGGER announce_insert AFTER INSERT ON register.way_waters REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_ways();

CREATE TRIGGER announce_insert AFTER INSERT ON register.ways REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.announce_ways();

CREATE TRIGGER announce_layers AFTER INSERT OR DELETE OR TRUNCATE ON register.catchment_areas FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('CatchmentAreas', '{catchments}');

CREATE TRIGGER announce_layers AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON register.divisions FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Divisions', '{divisions,basemap}');

CREATE TRIGGER announce_layers AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON register.places FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Places', '{basemap}');

CREATE TRIGGER announce_layers AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON register.rivers FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Rivers', '{rivers,basemap}');

CREATE TRIGGER announce_layers AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON register.road_edges FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Roads', '{roads,basemap}');

CREATE TRIGGER announce_shown_run AFTER UPDATE OF shown_at ON register.coverage_runs FOR EACH ROW WHEN ((new.shown_at IS DISTINCT FROM old.shown_at)) EXECUTE FUNCTION register.announce_layers('CatchmentAreas', '{catchments}');

CREATE TRIGGER announce_truncate AFTER TRUNCATE ON register.facilities FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Facilities', '{facilities}');

CREATE TRIGGER announce_truncate AFTER TRUNCATE ON register.hazard_reaches FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Reaches', '{reaches}');

CREATE TRIGGER announce_truncate AFTER TRUNCATE ON register.hazard_risks FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Hazards', '{hazards}');

CREATE TRIGGER announce_truncate AFTER TRUNCATE ON register.hazards FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Hazards', '{hazards}');

CREATE TRIGGER announce_truncate AFTER TRUNCATE ON register.settlements FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Settlements', '{settlements}');

CREATE TRIGGER announce_truncate AFTER TRUNCATE ON register.way_waters FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Ways', '{ways}');

CREATE TRIGGER announce_truncate AFTER TRUNCATE ON register.ways FOR EACH STATEMENT EXECUTE FUNCTION register.announce_layers('Ways', '{ways}');

CREATE TRIGGER announce_update AFTER UPDATE ON register.facilities REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.announce_rows('Facilities', 'facilities', 'location', '{code,name,kind,location}');

CREATE TRIGGER announce_update AFTER UPDATE ON register.hazard_reaches REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION register.announce_reaches();

CREATE TRIGGER announce_update AFTER UPDATE ON register.hazard_risks REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.announce_scores();

CREATE TRIGGER announce_update AFTER UPDATE ON register.hazards REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.announce_rows('Hazards', 'hazards', 'shape', '{code,name,kind,status,shape}');

CREATE TRIGGER announce_update AFTER UPDATE ON register.settlements REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.announce_rows('Settlements', 'settlements', 'location', '{code,name,kind,weight,location}');

CREATE TRIGGER announce_update AFTER UPDATE ON register.way_waters REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.announce_ways();

CREATE TRIGGER announce_update AFTER UPDATE ON register.ways REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.announce_ways();

CREATE TRIGGER announce_visits AFTER INSERT ON register.map_changes FOR EACH ROW WHEN ((new.layer = 'hazards'::text)) EXECUTE FUNCTION register.announce_visits();

CREATE TRIGGER count_incidents_delete AFTER DELETE ON register.incidents REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.count_incidents();

CREATE TRIGGER count_incidents_insert AFTER INSERT ON register.incidents REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.count_incidents();

CREATE TRIGGER count_incidents_update AFTER UPDATE ON register.incidents REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.count_incidents();

CREATE TRIGGER count_map_cells_delete AFTER DELETE ON register.facilities REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.count_map_cells('facilities', 'register.world_across(location)', 'register.world_down(location)', 'kind');

CREATE TRIGGER count_map_cells_delete AFTER DELETE ON register.hazard_risks REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.count_map_cells('hazards', 'across', 'down', 'coalesce(level, '''')');

CREATE TRIGGER count_map_cells_insert AFTER INSERT ON register.facilities REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.count_map_cells('facilities', 'register.world_across(location)', 'register.world_down(location)', 'kind');

CREATE TRIGGER count_map_cells_insert AFTER INSERT ON register.hazard_risks REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.count_map_cells('hazards', 'across', 'down', 'coalesce(level, '''')');

CREATE TRIGGER count_map_cells_update AFTER UPDATE ON register.facilities REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.count_map_cells('facilities', 'register.world_across(location)', 'register.world_down(location)', 'kind');

CREATE TRIGGER count_map_cells_update AFTER UPDATE ON register.hazard_risks REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.count_map_cells('hazards', 'across', 'down', 'coalesce(level, '''')');

CREATE TRIGGER drop_contents_delete AFTER DELETE ON register.photos REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.drop_contents_of_photos();

CREATE TRIGGER forget_map_cells AFTER TRUNCATE ON register.facilities FOR EACH STATEMENT EXECUTE FUNCTION register.forget_map_cells('facilities');

CREATE TRIGGER forget_map_cells AFTER TRUNCATE ON register.hazard_risks FOR EACH STATEMENT EXECUTE FUNCTION register.forget_map_cells('hazards');

CREATE TRIGGER judge_inspection BEFORE INSERT ON register.inspections FOR EACH ROW EXECUTE FUNCTION register.judge_inspection();

CREATE TRIGGER keep_risks_delete AFTER DELETE ON register.hazards REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.keep_risks();

CREATE TRIGGER keep_risks_insert AFTER INSERT ON register.hazards REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.keep_risks();

CREATE TRIGGER keep_risks_truncate AFTER TRUNCATE ON register.hazards FOR EACH STATEMENT EXECUTE FUNCTION register.keep_risks();

CREATE TRIGGER keep_risks_update AFTER UPDATE ON register.hazards REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.keep_risks();

CREATE TRIGGER link_uploads_insert AFTER INSERT ON register.inspections REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.link_uploads_of_inspections();

CREATE TRIGGER lock_risk_scores BEFORE DELETE ON register.hazards FOR EACH STATEMENT EXECUTE FUNCTION register.lock_risk_scores_before_delete();

CREATE TRIGGER queue_risks AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON register.road_edges FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_on_foot();

CREATE TRIGGER queue_risks_delete AFTER DELETE ON register.divisions FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_of_homes();

CREATE TRIGGER queue_risks_delete AFTER DELETE ON register.facilities REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_near_children();

CREATE TRIGGER queue_risks_delete AFTER DELETE ON register.settlements FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_of_homes();

CREATE TRIGGER queue_risks_insert AFTER INSERT ON register.divisions FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_of_homes();

CREATE TRIGGER queue_risks_insert AFTER INSERT ON register.facilities REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_near_children();

CREATE TRIGGER queue_risks_insert AFTER INSERT ON register.settlements FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_of_homes();

CREATE TRIGGER queue_risks_truncate AFTER TRUNCATE ON register.divisions FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_of_homes();

CREATE TRIGGER queue_risks_truncate AFTER TRUNCATE ON register.settlements FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_of_homes();

CREATE TRIGGER queue_risks_update AFTER UPDATE ON register.divisions REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_of_divisions();

CREATE TRIGGER queue_risks_update AFTER UPDATE ON register.facilities REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_near_children();

CREATE TRIGGER queue_risks_update AFTER UPDATE ON register.settlements FOR EACH STATEMENT EXECUTE FUNCTION register.queue_risks_of_homes();

CREATE TRIGGER queue_ways AFTER UPDATE ON register.road_revision FOR EACH ROW EXECUTE FUNCTION register.queue_many_ways('Everything');

CREATE TRIGGER queue_ways_delete AFTER DELETE ON register.divisions REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_divisions();

CREATE TRIGGER queue_ways_delete AFTER DELETE ON register.facilities REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_facilities();

CREATE TRIGGER queue_ways_delete AFTER DELETE ON register.hazards REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_waters();

CREATE TRIGGER queue_ways_delete AFTER DELETE ON register.settlements REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_settlements();

CREATE TRIGGER queue_ways_insert AFTER INSERT ON register.divisions REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_divisions();

CREATE TRIGGER queue_ways_insert AFTER INSERT ON register.facilities REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_facilities();

CREATE TRIGGER queue_ways_insert AFTER INSERT ON register.hazards REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_waters();

CREATE TRIGGER queue_ways_insert AFTER INSERT ON register.settlements REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_settlements();

CREATE TRIGGER queue_ways_truncate AFTER TRUNCATE ON register.divisions FOR EACH STATEMENT EXECUTE FUNCTION register.queue_many_ways('Everything');

CREATE TRIGGER queue_ways_truncate AFTER TRUNCATE ON register.facilities FOR EACH STATEMENT EXECUTE FUNCTION register.queue_many_ways('Everything');

CREATE TRIGGER queue_ways_truncate AFTER TRUNCATE ON register.hazards FOR EACH STATEMENT EXECUTE FUNCTION register.queue_many_ways('Waters');

CREATE TRIGGER queue_ways_truncate AFTER TRUNCATE ON register.settlements FOR EACH STATEMENT EXECUTE FUNCTION register.queue_many_ways('Everything');

CREATE TRIGGER queue_ways_update AFTER UPDATE ON register.divisions REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_divisions();

CREATE TRIGGER queue_ways_update AFTER UPDATE ON register.facilities REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_facilities();

CREATE TRIGGER queue_ways_update AFTER UPDATE ON register.hazards REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_waters();

CREATE TRIGGER queue_ways_update AFTER UPDATE ON register.settlements REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.queue_ways_of_settlements();

CREATE TRIGGER raise_revision_delete AFTER DELETE ON register.road_edges REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION register.raise_road_revision();

CREATE TRIGGER raise_revision_insert AFTER INSERT ON register.road_edges REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION register.raise_road_revision();

CREATE TRIGGER raise_revision_truncate AFTER TRUNCATE ON register.road_edges FOR EACH STATEMENT EXECUTE FUNCTION register.raise_road_revision();

CREATE TRIGGER raise_revision_update AFTER UPDATE ON register.road_edges REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION register.raise_road_revision();

CREATE TRIGGER record_history_delete AFTER DELETE ON register.conflicts REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Conflicts', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.divisions REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Divisions', 'code', 'code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.facilities REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Facilities', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.hazards REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Hazards', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.incidents REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Incidents', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.inspections REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Inspections', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.notifications REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Notifications', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.people REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('People', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.photos REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Photos', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.rectifications REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Rectifications', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.responsibilities REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Responsibilities', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.risk_scales REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('RiskScales', 'id', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.school_calendars REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('SchoolCalendars', 'code', 'division_code');

CREATE TRIGGER record_history_delete AFTER DELETE ON register.settlements REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Settlements', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.conflicts REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Conflicts', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.divisions REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Divisions', 'code', 'code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.facilities REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Facilities', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.hazards REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Hazards', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.incidents REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Incidents', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.inspections REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Inspections', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.notifications REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Notifications', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.people REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('People', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.photos REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Photos', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.rectifications REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Rectifications', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.responsibilities REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Responsibilities', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.risk_scales REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('RiskScales', 'id', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.school_calendars REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('SchoolCalendars', 'code', 'division_code');

CREATE TRIGGER record_history_insert AFTER INSERT ON register.settlements REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Settlements', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.conflicts REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Conflicts', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.divisions REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Divisions', 'code', 'code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.facilities REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Facilities', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.hazards REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Hazards', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.incidents REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Incidents', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.inspections REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Inspections', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.notifications REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Notifications', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.people REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('People', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.photos REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Photos', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.rectifications REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Rectifications', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.responsibilities REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Responsibilities', 'id', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.school_calendars REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('SchoolCalendars', 'code', 'division_code');

CREATE TRIGGER record_history_update AFTER UPDATE ON register.settlements REFERENCING OLD TABLE AS updated_from NEW TABLE AS updated_to FOR EACH STATEMENT EXECUTE FUNCTION register.record_history('Settlements', 'id', 'division_code');

CREATE TRIGGER record_step AFTER INSERT OR UPDATE OF state ON register.rectifications FOR EACH ROW EXECUTE FUNCTION register.record_step();

CREATE TRIGGER refuse_overwriting BEFORE UPDATE ON register.inspections FOR EACH ROW EXECUTE FUNCTION register.refuse_overwriting();

CREATE TRIGGER refuse_rewriting BEFORE DELETE OR UPDATE OR TRUNCATE ON register.history FOR EACH STATEMENT EXECUTE FUNCTION register.refuse_rewriting_history();

CREATE TRIGGER refuse_rewriting BEFORE DELETE OR UPDATE OR TRUNCATE ON register.rectification_steps FOR EACH STATEMENT EXECUTE FUNCTION register.refuse_rewriting_history();

CREATE TRIGGER refuse_rewriting BEFORE DELETE OR UPDATE OR TRUNCATE ON register.risk_level_changes FOR EACH STATEMENT EXECUTE FUNCTION register.refuse_rewriting_history();

CREATE TRIGGER require_phone BEFORE INSERT OR UPDATE OF phone ON register.people FOR EACH ROW EXECUTE FUNCTION register.require_phone();

CREATE TRIGGER set_division BEFORE INSERT ON register.incidents FOR EACH ROW WHEN ((new.division_code IS NULL)) EXECUTE FUNCTION register.set_division_from_hazard();

CREATE TRIGGER set_division BEFORE INSERT ON register.inspections FOR EACH ROW WHEN ((new.division_code IS NULL)) EXECUTE FUNCTION register.set_division_from_hazard();

CREATE TRIGGER set_division BEFORE INSERT ON register.photos FOR EACH ROW WHEN ((new.division_code IS NULL)) EXECUTE FUNCTION register.set_division_from_inspection();

CREATE TRIGGER set_division BEFORE INSERT ON register.rectifications FOR EACH ROW WHEN ((new.division_code IS NULL)) EXECUTE FUNCTION register.set_division_from_hazard_or_facility();

CREATE TRIGGER set_division BEFORE INSERT ON register.responsibilities FOR EACH ROW WHEN ((new.division_code IS NULL)) EXECUTE FUNCTION register.set_division_from_hazard_or_facility();

CREATE TRIGGER set_division BEFORE INSERT ON register.settlements FOR EACH ROW WHEN ((new.division_code IS NULL)) EXECUTE FUNCTION register.set_division_from_location();

CREATE TRIGGER set_duplicate_of_insert BEFORE INSERT ON register.photos FOR EACH ROW WHEN ((new.sha256 IS NOT NULL)) EXECUTE FUNCTION register.set_duplicate_of();

CREATE TRIGGER set_duplicate_of_update BEFORE UPDATE ON register.photos FOR EACH ROW WHEN ((new.sha256 IS DISTINCT FROM old.sha256)) EXECUTE FUNCTION register.set_duplicate_of();

CREATE TRIGGER set_location_from_shape_insert BEFORE INSERT ON register.hazards FOR EACH ROW WHEN (((new.shape IS NULL) OR (new.location IS NULL) OR (public.geometrytype(new.shape) <> 'POINT'::text) OR ((new.location)::bytea <> (new.shape)::bytea))) EXECUTE FUNCTION register.set_location_from_shape();

CREATE TRIGGER set_location_from_shape_update BEFORE UPDATE ON register.hazards FOR EACH ROW WHEN (((new.shape IS DISTINCT FROM old.shape) OR (new.location IS DISTINCT FROM old.location))) EXECUTE FUNCTION register.set_location_from_shape();

CREATE TRIGGER set_xid BEFORE UPDATE ON register.hazard_risks FOR EACH ROW WHEN ((((((((old.score IS DISTINCT FROM new.score) OR (old.level IS DISTINCT FROM new.level)) OR (old.rule IS DISTINCT FROM new.rule)) OR (old.visits IS DISTINCT FROM new.visits)) OR (old.deadliness_ratio IS DISTINCT FROM new.deadliness_ratio)) OR (old.risk_low IS DISTINCT FROM new.risk_low)) OR (old.level_held IS DISTINCT FROM new.level_held))) EXECUTE FUNCTION register.set_xid_of_score();

CREATE TRIGGER settle_rectification BEFORE INSERT OR UPDATE ON register.rectifications FOR EACH ROW EXECUTE FUNCTION register.settle_rectification();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.conflicts FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.divisions FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.facilities FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.hazards FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.incidents FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.inspections FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.notifications FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.people FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.photos FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.rectifications FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.responsibilities FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.school_calendars FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER stamp_version BEFORE UPDATE ON register.settlements FOR EACH ROW EXECUTE FUNCTION register.stamp_version();

CREATE TRIGGER tell_water AFTER INSERT ON register.inspections FOR EACH ROW WHEN ((NOT new.is_synthetic)) EXECUTE FUNCTION register.tell_water();

ALTER TABLE ONLY account.grants
    ADD CONSTRAINT grants_account_fkey FOREIGN KEY (account) REFERENCES account.accounts(user_name) ON UPDATE CASCADE ON DELETE CASCADE;

COMMENT ON CONSTRAINT grants_account_fkey ON account.grants IS 'names an account that is not there / 所指账户不存在';

ALTER TABLE ONLY account.grants
    ADD CONSTRAINT grants_area_fkey FOREIGN KEY (area) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT grants_area_fkey ON account.grants IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY account.login_codes
    ADD CONSTRAINT login_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES account.accounts(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT login_codes_account_id_fkey ON account.login_codes IS 'names an account that is not there / 所指账户不存在';

ALTER TABLE ONLY account.recovery_codes
    ADD CONSTRAINT recovery_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES account.second_factors(account_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT recovery_codes_account_id_fkey ON account.recovery_codes IS 'names a second factor that is not there / 所指动态码不存在';

ALTER TABLE ONLY account.second_factors
    ADD CONSTRAINT second_factors_account_id_fkey FOREIGN KEY (account_id) REFERENCES account.accounts(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT second_factors_account_id_fkey ON account.second_factors IS 'names an account that is not there / 所指账户不存在';

ALTER TABLE ONLY account.sessions
    ADD CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES account.accounts(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT sessions_account_id_fkey ON account.sessions IS 'names an account that is not there / 所指账户不存在';

ALTER TABLE ONLY account.tokens
    ADD CONSTRAINT tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES account.accounts(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT tokens_account_id_fkey ON account.tokens IS 'names an account that is not there / 所指账户不存在';

ALTER TABLE ONLY account.tokens
    ADD CONSTRAINT tokens_area_fkey FOREIGN KEY (area) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT tokens_area_fkey ON account.tokens IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY account.tokens
    ADD CONSTRAINT tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES account.sessions(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT tokens_session_id_fkey ON account.tokens IS 'names a session that is not there / 所指登录会话不存在';

ALTER TABLE ONLY account.webhooks
    ADD CONSTRAINT webhooks_account_id_fkey FOREIGN KEY (account_id) REFERENCES account.accounts(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT webhooks_account_id_fkey ON account.webhooks IS 'names an account that is not there / 所指账户不存在';

ALTER TABLE ONLY register.catchment_areas
    ADD CONSTRAINT catchment_areas_run_id_fkey FOREIGN KEY (run_id) REFERENCES register.coverage_runs(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT catchment_areas_run_id_fkey ON register.catchment_areas IS 'names a coverage run that is not there / 所指服务覆盖分析不存在';

ALTER TABLE ONLY register.coverage_bands
    ADD CONSTRAINT coverage_bands_run_id_fkey FOREIGN KEY (run_id) REFERENCES register.coverage_runs(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT coverage_bands_run_id_fkey ON register.coverage_bands IS 'names a coverage run that is not there / 所指服务覆盖分析不存在';

ALTER TABLE ONLY register.coverage_results
    ADD CONSTRAINT coverage_results_run_id_fkey FOREIGN KEY (run_id) REFERENCES register.coverage_runs(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT coverage_results_run_id_fkey ON register.coverage_results IS 'names a coverage run that is not there / 所指服务覆盖分析不存在';

ALTER TABLE ONLY register.coverage_runs
    ADD CONSTRAINT coverage_runs_baseline_id_fkey FOREIGN KEY (baseline_id) REFERENCES register.coverage_runs(id) ON DELETE SET NULL;

COMMENT ON CONSTRAINT coverage_runs_baseline_id_fkey ON register.coverage_runs IS 'names a coverage run that is not there / 所指服务覆盖分析不存在';

ALTER TABLE ONLY register.divisions
    ADD CONSTRAINT divisions_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES register.divisions(code) DEFERRABLE INITIALLY DEFERRED;

COMMENT ON CONSTRAINT divisions_parent_code_fkey ON register.divisions IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY register.facilities
    ADD CONSTRAINT facilities_division_code_fkey FOREIGN KEY (division_code) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT facilities_division_code_fkey ON register.facilities IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY register.hazard_incidents
    ADD CONSTRAINT hazard_incidents_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES register.hazards(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT hazard_incidents_hazard_id_fkey ON register.hazard_incidents IS 'names a water that is not there / 所指水域不存在';

ALTER TABLE ONLY register.hazard_reaches
    ADD CONSTRAINT hazard_reaches_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES register.hazard_risks(hazard_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT hazard_reaches_hazard_id_fkey ON register.hazard_reaches IS 'names a water that is not there / 所指水域不存在';

ALTER TABLE ONLY register.hazards
    ADD CONSTRAINT hazards_division_code_fkey FOREIGN KEY (division_code) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT hazards_division_code_fkey ON register.hazards IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY register.incidents
    ADD CONSTRAINT incidents_division_code_fkey FOREIGN KEY (division_code) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT incidents_division_code_fkey ON register.incidents IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY register.incidents
    ADD CONSTRAINT incidents_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES register.hazards(id);

COMMENT ON CONSTRAINT incidents_hazard_id_fkey ON register.incidents IS 'names a water that is not there / 所指水域不存在';

ALTER TABLE ONLY register.inspections
    ADD CONSTRAINT inspections_corrects_id_fkey FOREIGN KEY (corrects_id) REFERENCES register.inspections(id);

COMMENT ON CONSTRAINT inspections_corrects_id_fkey ON register.inspections IS 'names an inspection that is not there / 所指巡查记录不存在';

ALTER TABLE ONLY register.inspections
    ADD CONSTRAINT inspections_division_code_fkey FOREIGN KEY (division_code) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT inspections_division_code_fkey ON register.inspections IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY register.inspections
    ADD CONSTRAINT inspections_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES register.hazards(id);

COMMENT ON CONSTRAINT inspections_hazard_id_fkey ON register.inspections IS 'names a water that is not there / 所指水域不存在';

ALTER TABLE ONLY register.inspections
    ADD CONSTRAINT inspections_inspector_id_fkey FOREIGN KEY (inspector_id) REFERENCES register.people(id);

COMMENT ON CONSTRAINT inspections_inspector_id_fkey ON register.inspections IS 'names a person that is not there / 所指人员不存在';

ALTER TABLE ONLY register.notifications
    ADD CONSTRAINT notifications_person_id_fkey FOREIGN KEY (person_id) REFERENCES register.people(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT notifications_person_id_fkey ON register.notifications IS 'names a person that is not there / 所指人员不存在';

ALTER TABLE ONLY register.people
    ADD CONSTRAINT people_division_code_fkey FOREIGN KEY (division_code) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT people_division_code_fkey ON register.people IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY register.photos
    ADD CONSTRAINT photos_division_code_fkey FOREIGN KEY (division_code) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT photos_division_code_fkey ON register.photos IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY register.photos
    ADD CONSTRAINT photos_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES register.inspections(id);

COMMENT ON CONSTRAINT photos_inspection_id_fkey ON register.photos IS 'names an inspection that is not there / 所指巡查记录不存在';

ALTER TABLE ONLY register.rectification_steps
    ADD CONSTRAINT rectification_steps_person_id_fkey FOREIGN KEY (person_id) REFERENCES register.people(id);

COMMENT ON CONSTRAINT rectification_steps_person_id_fkey ON register.rectification_steps IS 'names a person that is not there / 所指人员不存在';

ALTER TABLE ONLY register.rectification_steps
    ADD CONSTRAINT rectification_steps_rectification_id_fkey FOREIGN KEY (rectification_id) REFERENCES register.rectifications(id);

COMMENT ON CONSTRAINT rectification_steps_rectification_id_fkey ON register.rectification_steps IS 'names a rectification that is not there / 所指整改记录不存在';

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_after_photo_id_fkey FOREIGN KEY (after_photo_id) REFERENCES register.photos(id);

COMMENT ON CONSTRAINT rectifications_after_photo_id_fkey ON register.rectifications IS 'names a photo that is not there / 所指照片不存在';

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_assigned_to_id_fkey FOREIGN KEY (assigned_to_id) REFERENCES register.people(id);

COMMENT ON CONSTRAINT rectifications_assigned_to_id_fkey ON register.rectifications IS 'names a person that is not there / 所指人员不存在';

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_before_photo_id_fkey FOREIGN KEY (before_photo_id) REFERENCES register.photos(id);

COMMENT ON CONSTRAINT rectifications_before_photo_id_fkey ON register.rectifications IS 'names a photo that is not there / 所指照片不存在';

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_division_code_fkey FOREIGN KEY (division_code) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT rectifications_division_code_fkey ON register.rectifications IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_done_by_id_fkey FOREIGN KEY (done_by_id) REFERENCES register.people(id);

COMMENT ON CONSTRAINT rectifications_done_by_id_fkey ON register.rectifications IS 'names a person that is not there / 所指人员不存在';

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES register.facilities(id);

COMMENT ON CONSTRAINT rectifications_facility_id_fkey ON register.rectifications IS 'names a facility that is not there / 所指设施不存在';

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES register.hazards(id);

COMMENT ON CONSTRAINT rectifications_hazard_id_fkey ON register.rectifications IS 'names a water that is not there / 所指水域不存在';

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES register.inspections(id);

COMMENT ON CONSTRAINT rectifications_inspection_id_fkey ON register.rectifications IS 'names an inspection that is not there / 所指巡查记录不存在';

ALTER TABLE ONLY register.rectifications
    ADD CONSTRAINT rectifications_verified_by_id_fkey FOREIGN KEY (verified_by_id) REFERENCES register.people(id);

COMMENT ON CONSTRAINT rectifications_verified_by_id_fkey ON register.rectifications IS 'names a person that is not there / 所指人员不存在';

ALTER TABLE ONLY register.responsibilities
    ADD CONSTRAINT responsibilities_division_code_fkey FOREIGN KEY (division_code) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT responsibilities_division_code_fkey ON register.responsibilities IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY register.responsibilities
    ADD CONSTRAINT responsibilities_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES register.facilities(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT responsibilities_facility_id_fkey ON register.responsibilities IS 'names a facility that is not there / 所指设施不存在';

ALTER TABLE ONLY register.responsibilities
    ADD CONSTRAINT responsibilities_hazard_id_fkey FOREIGN KEY (hazard_id) REFERENCES register.hazards(id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT responsibilities_hazard_id_fkey ON register.responsibilities IS 'names a water that is not there / 所指水域不存在';

ALTER TABLE ONLY register.responsibilities
    ADD CONSTRAINT responsibilities_person_id_fkey FOREIGN KEY (person_id) REFERENCES register.people(id);

COMMENT ON CONSTRAINT responsibilities_person_id_fkey ON register.responsibilities IS 'names a person that is not there / 所指人员不存在';

ALTER TABLE ONLY register.road_edges
    ADD CONSTRAINT road_edges_division_code_fkey FOREIGN KEY (division_code) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT road_edges_division_code_fkey ON register.road_edges IS 'names a division that is not there / 所指行政区划不存在';

ALTER TABLE ONLY register.settlements
    ADD CONSTRAINT settlements_division_code_fkey FOREIGN KEY (division_code) REFERENCES register.divisions(code);

COMMENT ON CONSTRAINT settlements_division_code_fkey ON register.settlements IS 'names a division that is not there / 所指行政区划不存在';
