-- Queues what the days since the last look ($1: under a rule of trips) changed, and remembers today. $2: a fence that was inspected so
-- many days ago has its whole effect still.
with
passed as (
  update register.risk_day d set day = current_date from register.risk_day o where d.day < current_date returning o.day as before),
fences as (
  insert into register.risk_queue (hazard_id)
  select h.id from passed join register.hazards h
    on h.access = 'Fenced' and h.last_inspected_at::date >= before - $2::integer and h.last_inspected_at::date < current_date - $2::integer
  where $1),
homes as (
  insert into register.risk_queue (about_homes)
  select true from passed where $1 and exists (
    select from register.divisions
    where valid_from > before and valid_from <= current_date or valid_to > before and valid_to <= current_date))
insert into register.risk_queue (about_homes)
select false from passed where $1 and extract(year from before) <> extract(year from current_date)
