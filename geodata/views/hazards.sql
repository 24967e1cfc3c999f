-- Every column is a property of the set: the description in Register/Sets is held equal by a test. The score stands beside it; when it is
-- due follows from the rhythm of its level, of one that was never looked at from when it was entered.
create view odata.hazards as
select h.*, r.score as risk_score, r.level as risk_level, r.rule as risk_rule,
       r.visits, r.deadliness, r.deadliness_ratio, r.risk_low, r.risk_high, r.level_held,
       register.other_level(r.level, r.score, r.risk_low, r.risk_high, r.level_held, (select register.level_bounds())) as other_level,
       case when register.is_in_force(h.status) then register.visit_due(
         coalesce(h.last_inspected_at, h.created_at), y.time_zone, y.days, y.months, y.season_from, y.season_to,
         y.noon_from, y.noon_to, y.dusk_from, y.dusk_to) end as next_inspection_due_at
from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
left join register.visit_rhythm y on y.level = r.level;

-- Its changes, for delta links: the key, the transaction, and the former values of what confines a caller or ties it to another
-- set (null: there was none).
create view odata.hazard_changes as
select entity_id::uuid as id, xid, register.former_division(h) as division_code
from register.history h where entity = 'Hazards'
union all
select hazard_id, xid, null from register.hazard_risks where xid is not null;

-- Waters that are overdue now, and who is to look at them today.
create view odata.overdue as
select d.*, coalesce(d.inspector_id, d.warden_id) as person_id
from (
  select h.id as hazard_id, h.division_code, h.code, h.name, h.kind, h.location, h.risk_level, h.last_inspected_at,
         h.next_inspection_due_at as due_at,
         extract(epoch from now() - h.next_inspection_due_at)::double precision / 3600 as hours_overdue,
         (select r.person_id from register.responsibilities r
          where r.hazard_id = h.id and r.role = 'Inspector' and r.valid_from <= current_date
            and (r.valid_to is null or r.valid_to > current_date) order by r.valid_from desc, r.id limit 1) as inspector_id,
         (select r.person_id from register.responsibilities r
          where r.hazard_id = h.id and r.role = 'Warden' and r.valid_from <= current_date
            and (r.valid_to is null or r.valid_to > current_date) order by r.valid_from desc, r.id limit 1) as warden_id
  from odata.hazards h
  where h.next_inspection_due_at < now()) d;
