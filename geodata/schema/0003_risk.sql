-- Risk scores live beside the hazards, not in them: a full run rewrites every score without touching the wide rows and
-- their spatial indexes, and a neighbour's edit does not make an inspector's copy of a hazard stale.
create table register.hazard_risks (
  hazard_id uuid primary key references register.hazards (id) on delete cascade,
  score     double precision check (score >= 0 and score < 'Infinity'),   -- null: never scored (only inside a transaction)
  level     text check (level in ('Red', 'Orange', 'Yellow', 'Blue')),
  rule      text,
  scored_at timestamptz,
  check (num_nulls(score, level, rule, scored_at) in (0, 4))
) with (fillfactor = 80);
create index hazard_risks_by_score on register.hazard_risks (score desc nulls last, hazard_id);
create index hazard_risks_by_level on register.hazard_risks (level, hazard_id);

-- Every hazard has its risk row from the start, so that readers may join, not outer-join.
create function register.open_risk() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  insert into register.hazard_risks (hazard_id) select id from inserted on conflict do nothing;
  return null;
end $$;
create trigger risk_insert after insert on register.hazards referencing new table as inserted
  for each statement execute function register.open_risk();

create table register.risk_runs (
  id            uuid primary key default register.uuid_v7(),
  rule          text not null,
  started_at    timestamptz not null,
  started_by    text not null,
  hazards       integer not null,
  facilities    integer not null,
  pairs         bigint not null,
  changed       integer not null,
  read_seconds  double precision not null,
  score_seconds double precision not null,
  write_seconds double precision not null,
  levels        jsonb not null
);
create index risk_runs_by_time on register.risk_runs (started_at desc);
