-- Triggers of register.history.

-- Before update, delete and truncate.
create trigger refuse_rewriting before update or delete or truncate on register.history
  for each statement execute function register.refuse_rewriting_history();
