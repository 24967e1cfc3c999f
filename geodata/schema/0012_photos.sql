-- A photo's digest is made of its bytes by the database, beside them, so that nobody can state another.
alter table register.photos drop column sha256;
alter table register.photo_contents add column sha256 bytea not null generated always as (sha256(content)) stored;
