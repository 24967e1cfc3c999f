-- The era, the last place that was given, and the oldest that is kept (none: the next one).
select s.era, s.last_seq, coalesce((select min(seq) from register.event_order), s.last_seq + 1),
       coalesce((select sum(events) from register.event_order where seq > $1), 0)::bigint
from register.event_state s
