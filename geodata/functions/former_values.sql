-- The value of a field before a change, null when the change did not touch it.
create function register.former(h register.history, field text) returns text
language sql immutable parallel safe as $$
  select case h.operation
    when 'delete' then h.fields ->> field
    when 'update' then h.fields -> field ->> 0 end
$$;

-- The division before a change, whether the change touched it or not.
create function register.former_division(h register.history) returns text
language sql immutable parallel safe as $$
  select coalesce(register.former(h, 'division_code'), case h.operation when 'update' then h.division_code end)
$$;
