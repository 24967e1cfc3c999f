-- Islands of the north and of the south, huts on them, visits to the huts. What is SECRET is masked, what is SOUTH lies
-- outside the area of whoever may see the north only. Two traps: a northern visit to a southern hut, a southern visit to
-- a northern one.
create schema isles;
create table isles.islands (code text primary key, name text not null, treasure text, size integer not null,
  version integer not null default 1);
create table isles.huts (
  id integer primary key, island_code text not null references isles.islands, name text not null, owner text unique, beds integer not null,
    version integer not null default 1);
create table isles.visits (
  id integer primary key, hut_id integer references isles.huts, island_code text not null references isles.islands, note text not null,
    guest text, fee integer not null);

-- What was is here what is: whoever asks as of a moment must see no more than who asks now.
create function isles.islands_as_of(moment timestamptz) returns setof isles.islands language sql stable as 'select * from isles.islands';
create function isles.huts_as_of(moment timestamptz) returns setof isles.huts language sql stable as 'select * from isles.huts';
create function isles.visits_as_of(moment timestamptz) returns setof isles.visits language sql stable as 'select * from isles.visits';

create table isles.island_changes (code text not null, xid xid8 not null default pg_current_xact_id());
create table isles.hut_changes (id integer not null, island_code text, xid xid8 not null default pg_current_xact_id());
create table isles.visit_changes (id integer not null, hut_id integer, island_code text, xid xid8 not null default pg_current_xact_id());
create function isles.log_island() returns trigger language plpgsql as $$
begin
  insert into isles.island_changes (code) values (coalesce(new.code, old.code));
  return null;
end $$;
create function isles.log_hut() returns trigger language plpgsql as $$
begin
  insert into isles.hut_changes (id, island_code) values (coalesce(new.id, old.id), old.island_code);
  return null;
end $$;
create function isles.log_visit() returns trigger language plpgsql as $$
begin
  insert into isles.visit_changes (id, hut_id, island_code) values (coalesce(new.id, old.id), old.hut_id, old.island_code);
  return null;
end $$;
create trigger log after insert or update or delete on isles.islands for each row execute function isles.log_island();
create trigger log after insert or update or delete on isles.huts for each row execute function isles.log_hut();
create trigger log after insert or update or delete on isles.visits for each row execute function isles.log_visit();

insert into isles.islands values ('N1', 'Nordholm', 'SECRET-gold', 5), ('N2', 'Nordey', 'SECRET-tin', 7),
  ('S1', 'SOUTHEY', 'SECRET-silver', 0);
insert into isles.huts values (1, 'N1', 'Nordhut', 'SECRET-Olaf', 4), (2, 'N2', 'Nordlodge', 'SECRET-Inga', 6),
  (9, 'S1', 'SOUTHHUT', 'SECRET-Sven', 0);
insert into isles.visits values (11, 1, 'N1', 'Nord note', 'SECRET-Anna', 3), (12, 9, 'N1', 'Nord trap', 'SECRET-Bo', 2),
  (98, 1, 'S1', 'SOUTH trap', 'SECRET-Cy', 0), (99, 9, 'S1', 'SOUTH note', 'SECRET-Di', 0);
