-- Triggers of register.risk_scales, in the order in which they fire. A scale is made or deleted, not changed.

-- After insert and delete: history.
create trigger record_history_insert after insert on register.risk_scales referencing new table as inserted
  for each statement execute function register.record_history('RiskScales', 'id', 'division_code');
create trigger record_history_delete after delete on register.risk_scales referencing old table as deleted
  for each statement execute function register.record_history('RiskScales', 'id', 'division_code');
