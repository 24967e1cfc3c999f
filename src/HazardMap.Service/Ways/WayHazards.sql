-- What some waters ($1) are called, and how grave they are.
select h.id, h.code, h.name, h.kind, r.level
from register.hazards h join register.hazard_risks r on r.hazard_id = h.id where h.id = any ($1::uuid[])
