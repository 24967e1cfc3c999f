-- Where children learn: the kinds of facility that ways to school lead to. Inlined into the asking statement.
create function register.is_school(kind text) returns boolean
language sql immutable parallel safe as $$ select kind in ('School', 'Kindergarten') $$;
