-- What delta links of the API stand on: every change can be found by the transaction that made it.

-- The newest changes of one entity; nobody asks for the newest of all.
create index history_of_entity_by_xid on register.history (entity, xid);
drop index register.history_by_xid;

-- A score that changes is a change of its hazard, though it leaves no history: its row remembers the last transaction that
-- changed what can be read of it.
alter table register.hazard_risks add column xid xid8;
create index hazard_risks_by_xid on register.hazard_risks (xid);

create function register.sign_risk() returns trigger
language plpgsql as $$
begin
  new.xid := pg_current_xact_id();
  return new;
end $$;
create trigger sign before update on register.hazard_risks for each row
  when ((old.score, old.level, old.rule) is distinct from (new.score, new.level, new.rule))
  execute function register.sign_risk();
