-- Triggers of account.accounts.

-- After the statement.
create trigger announce_accounts after update or delete on account.accounts
  for each statement execute function register.announce_accounts();
