-- Triggers of account.audit_entries.

-- Before insert, update, delete and truncate.
create trigger begin_audit_entry before insert on account.audit_entries
  for each row execute function account.begin_audit_entry();
create trigger refuse_rewriting before update or delete on account.audit_entries
  for each row execute function account.refuse_rewriting_audit();
create trigger refuse_truncating before truncate on account.audit_entries
  for each statement execute function account.refuse_rewriting_audit();

-- When the transaction commits.
create constraint trigger seal_audit_entry after insert on account.audit_entries
  deferrable initially deferred for each row execute function account.seal_audit_entry();
