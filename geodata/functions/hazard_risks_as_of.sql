-- What is known of risk at a moment: the level, from the record of its changes. Scores and what a rule of trips keeps beside them are
-- not recorded, so they are null, never today's. A register's first grades leave no record but their run; before it there was no level.
create function register.hazard_risks_as_of(moment timestamptz) returns table (
  hazard_id uuid, score double precision, level text, rule text, visits double precision,
  deadliness text, deadliness_ratio double precision, risk_low double precision, risk_high double precision,
  level_held double precision)
language sql stable as $$
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

-- Only ever added to, so that what was recorded until then is what there was.
create function register.risk_level_changes_as_of(moment timestamptz) returns setof register.risk_level_changes
language sql stable as $$
  select c.* from register.risk_level_changes c where c.changed_at <= moment
$$;
