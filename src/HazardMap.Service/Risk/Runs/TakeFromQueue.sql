-- What waits to be scored again: of this transaction, or ($1) of everybody whose change is committed.
delete from register.risk_queue where $1 or xid = pg_current_xact_id() returning hazard_id, place, former, about_roads, about_homes
