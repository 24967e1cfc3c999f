-- What the rhythm of visits was is not recorded: when a water was due by then's is not known, and what today's would say is not told as it.
create function register.visit_rhythm_as_of(moment timestamptz) returns setof register.visit_rhythm
language sql stable as $$ select y.* from register.visit_rhythm y where false $$;
