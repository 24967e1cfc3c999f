-- The hazards within metres ($2) of one of the places ($1, a multipoint), for which a facility there may count.
select h.id from register.hazards h where st_dwithin(h.shape, $1::geography, $2)
