-- What an extract said last time, field by field, and of when it was: a hand correction stays until the extract says something new
-- about that field, and an older extract does not undo a newer one. Null: imported before this was kept.
alter table register.osm_origins add column said jsonb, add column as_of timestamptz;
