with
-- What this statement sees, and what the reader has seen.
moment as (
  select pg_current_snapshot() as now, nullif($1::text, '')::pg_snapshot as seen),
-- Changes that became visible in between. A row of another cluster's past (after a restore) is not visible "now".
news as (
  select c.layer, c.west, c.south, c.east, c.north
  from moment m join register.map_changes c
    on c.xid >= pg_snapshot_xmin(m.seen) and not pg_visible_in_snapshot(c.xid, m.seen) and pg_visible_in_snapshot(c.xid, m.now)
  limit 2001)
select m.now::text, n.layer, n.west, n.south, n.east, n.north
from moment m left join news n on true
