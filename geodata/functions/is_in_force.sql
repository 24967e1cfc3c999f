-- Whether a water is one that somebody must look after: neither closed (销号) nor filled in (填埋). Inlined into the asking statement.
create function register.is_in_force(status text) returns boolean
language sql immutable parallel safe as $$ select status not in ('Closed', 'Filled') $$;
