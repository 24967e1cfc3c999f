-- Divisions that say since when no drowning is missing from the record, among some ($1), or of all (null); and today.
select code, incidents_complete_since, current_date from register.divisions
where incidents_complete_since is not null and ($1::text[] is null or code = any ($1))
