-- What layers know of the rule of trips in force: register.risk_scales.for_maps of its newest scale, with the months (January first) and
-- the hours that multiply. Null: the rule in force knows no trips, or no scale was made yet.
create function tiles.of_trips() returns jsonb
language sql stable parallel safe as $$
  select s.for_maps::jsonb || jsonb_build_object('months', s.scale -> 'Months', 'hours', s.scale -> 'Hours')
  from register.risk_scales s join register.active_risk_rule a on a.rule = s.rule
    join register.risk_rules r on r.version = s.rule and r.sha256 = s.sha256
  order by s.created_at desc, s.id desc limit 1
$$;
