-- Divisions that say since when no drowning is missing from the record.
select code, incidents_complete_since from register.divisions where incidents_complete_since is not null
