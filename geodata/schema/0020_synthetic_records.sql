-- A made-up visit, defect, incident or responsibility says so itself: a reader of one table must not have to join another
-- to learn that nobody drowned there.
alter table register.responsibilities add column is_synthetic boolean not null default false;
alter table register.inspections      add column is_synthetic boolean not null default false;
alter table register.rectifications   add column is_synthetic boolean not null default false;
alter table register.incidents        add column is_synthetic boolean not null default false;
alter table register.inspections      add column source text;
alter table register.rectifications   add column source text;
alter table register.incidents        add column source text;
