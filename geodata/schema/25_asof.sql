-- What rows were at a moment is asked of history by row and time, and of what was deleted by time alone.
create index history_of_entity_by_time on register.history (entity, entity_id, changed_at);
create index history_of_deletions on register.history (entity, changed_at) where operation = 'delete';
