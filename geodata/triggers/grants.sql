-- Triggers of account.grants, in the order in which they fire.

-- Before the update.
create trigger stamp_version before update on account.grants for each row execute function register.stamp_version();

-- After the statement.
create trigger announce_accounts after insert or update or delete on account.grants
  for each statement execute function register.announce_accounts();
create trigger record_history_delete after delete on account.grants referencing old table as deleted
  for each statement execute function register.record_history('Grants', 'id', 'area');
create trigger record_history_insert after insert on account.grants referencing new table as inserted
  for each statement execute function register.record_history('Grants', 'id', 'area');
create trigger record_history_update after update on account.grants referencing old table as updated_from new table as updated_to
  for each statement execute function register.record_history('Grants', 'id', 'area');
