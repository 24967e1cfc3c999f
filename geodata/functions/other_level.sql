-- Under a rule of trips a level may be held so loosely that the next most probable one is told with it.

-- How firmly a level must be held to be told alone, how many standard deviations an interval is wide to each side, and the logarithms
-- at which yellow, orange and red begin; null: the rule in force knows no trips, or no scale was made yet.
create function register.level_bounds() returns double precision[]
language sql stable parallel safe as $$
  select array[(s.for_maps -> 'levels' ->> 'heldAtLeast')::double precision,
    (s.for_maps -> 'levels' ->> 'intervalSigmas')::double precision,
    ln(r.yellow_at_least), ln(r.orange_at_least), ln(r.red_at_least)]
  from register.risk_scales s join register.active_risk_rule a on a.rule = s.rule
    join register.risk_rules r on r.version = s.rule and r.sha256 = s.sha256
  where r.model = 'Trips' order by s.created_at desc, s.id desc limit 1
$$;

-- The next most probable level, where a water's own is not held firmly; else null. What TripScores.cs computes, to seven digits. In
-- plpgsql: a query in a function costs more than all of this, and lists ask it of every water.
create function register.other_level(level text, score double precision, low double precision, high double precision,
  held double precision, bounds double precision[]) returns text
language plpgsql immutable parallel safe as $$
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

-- The share of a normal distribution below x: Abramowitz and Stegun 26.2.17, right to 8e-8.
create function register.normal(x double precision) returns double precision
language plpgsql immutable parallel safe as $$
declare
  t    constant double precision := 1 / (1 + 0.2316419::double precision * abs(x));
  tail constant double precision := exp(-least(x * x / 2, 700::double precision)) * 0.3989422804014327::double precision * t
    * (0.319381530::double precision + t * (-0.356563782::double precision + t * (1.781477937::double precision
      + t * (-1.821255978::double precision + t * 1.330274429::double precision))));
begin
  return case when x >= 0 then 1 - tail else tail end;
end $$;
