-- A row of hazard_risks that is written twice in a transaction (moved, then scored) had its foreign key checked, which waits
-- for whoever has locked the water's own row: perhaps somebody who waits for the turn. Triggers keep the two together now:
-- open_risk with a new water, these with one that goes.
alter table register.hazard_risks drop constraint hazard_risks_hazard_id_fkey;

create function register.close_risk() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    truncate hazard_risks, hazard_reaches, moved_waters;
  else
    delete from hazard_risks r using deleted d where r.hazard_id = d.id;
  end if;
  return null;
end $$;
create trigger risk_close after delete on register.hazards referencing old table as deleted
  for each statement execute function register.close_risk();
create trigger risk_close_all after truncate on register.hazards for each statement execute function register.close_risk();
