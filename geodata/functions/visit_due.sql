-- Whether a day lies in a season of every year, month * 100 + day.
create function register.is_in_season(day date, first integer, last integer) returns boolean
language sql immutable parallel safe as $$
  select case when first <= last
    then extract(month from day) * 100 + extract(day from day) between first and last
    else extract(month from day) * 100 + extract(day from day) not between last + 1 and first - 1 end
$$;

-- When a water that was visited then is due again: at the end of the day so far after that day, in season earlier, at the end of the
-- next round that had not begun. The one formula of due dates. Inlined into the asking statement: a register has millions of waters.
create function register.visit_due(
  since timestamptz, time_zone text, days integer, months integer, season_from integer, season_to integer,
  noon_from time, noon_to time, dusk_from time, dusk_to time) returns timestamptz
language sql immutable parallel safe as $$
  select case when time_zone is not null then least(   -- without a level there is no rhythm
    (((since at time zone time_zone)::date + make_interval(months => months, days => days + 1))::date::timestamp) at time zone time_zone,
    case
      when noon_from is null then null
      when (since at time zone time_zone)::time < noon_from
           and register.is_in_season((since at time zone time_zone)::date, season_from, season_to)
        then ((since at time zone time_zone)::date + noon_to) at time zone time_zone
      when (since at time zone time_zone)::time < dusk_from
           and register.is_in_season((since at time zone time_zone)::date, season_from, season_to)
        then ((since at time zone time_zone)::date + dusk_to) at time zone time_zone
      when register.is_in_season((since at time zone time_zone)::date + 1, season_from, season_to)
        then ((since at time zone time_zone)::date + 1 + noon_to) at time zone time_zone end,
    '9999-12-31 23:59:59.999999+00') end   -- the calendar's end
$$;
