-- What was counted at waters while somebody watched: when the watch ended, how long it was, how many children there were.
select i.hazard_id, i.at, i.watched_minutes, coalesce(i.children_seen, i.children_in_water), i.children_in_water
from register.inspections i
where i.watched_minutes > 0 and not exists (select from register.inspections c where c.corrects_id = i.id)
  and (i.children_seen is not null or i.children_in_water is not null)
order by i.hazard_id, i.at, i.id
