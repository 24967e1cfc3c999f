-- What history tells last of an entity ($1: the set, $2: its key).
select operation, division_code, changed_by, changed_at, version
from register.history where entity = $1 and entity_id = $2 order by id desc limit 1
