-- Triggers of register.rectification_steps.

-- Before update, delete and truncate.
create trigger refuse_rewriting before update or delete or truncate on register.rectification_steps
  for each statement execute function register.refuse_rewriting_history();
