-- Whether a day lies in a season of every year, month * 100 + day.
create function register.is_in_season(day date, first integer, last integer) returns boolean
language sql immutable parallel safe as $$
  select case when first <= last
    then extract(month from day) * 100 + extract(day from day) between first and last
    else extract(month from day) * 100 + extract(day from day) not between last + 1 and first - 1 end
$$;

-- Minutes since midnight, the begun one not counted.
create function register.minute_of_day(moment timestamp) returns integer
language sql immutable parallel safe as $$
  select (extract(hour from moment) * 60 + extract(minute from moment))::integer
$$;

-- When a water that was visited then is due again: at the end of the day so far after that day, in season earlier, at the end of the
-- next round that had not begun. The one formula of due dates. Inlined into the asking statement: a register has millions of waters.
create function register.visit_due(
  since timestamptz, time_zone text, days integer, months integer, season_from integer, season_to integer,
  noon_from integer, noon_to integer, dusk_from integer, dusk_to integer) returns timestamptz
language sql immutable parallel safe as $$
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
