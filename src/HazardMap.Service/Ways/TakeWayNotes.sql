-- What the ways must be looked at again for: everybody's notes whose change is committed, and this transaction's.
delete from register.way_queue returning concerns, subject, place
