-- Where people live within divisions.
select s.id, s.division_code, geography_send(s.location), s.weight, s.kind from register.settlements s
