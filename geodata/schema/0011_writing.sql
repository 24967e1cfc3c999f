-- What the API needs to create records: defaults, the division of what hangs on a hazard or a facility, the bytes of photos.

alter table register.divisions alter column source set default 'HazardMap';
alter table register.hazards alter column source set default 'HazardMap';
alter table register.facilities alter column source set default 'HazardMap';
alter table register.people alter column source set default 'HazardMap';
alter table register.responsibilities alter column source set default 'HazardMap';

-- A new hazard may come as a point alone: its shape is then that point.
create or replace function register.place_hazard() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' and new.shape is null then
    new.shape := new.location;
  elsif tg_op = 'UPDATE' and new.shape = old.shape and new.location is distinct from old.location then
    if geometrytype(old.shape) <> 'POINT' then
      raise exception 'Location follows Shape: change Shape' using errcode = 'check_violation', column = 'location';
    end if;
    new.shape := new.location;
  elsif tg_op = 'INSERT' or new.shape is distinct from old.shape then
    new.location := st_closestpoint(new.shape::geometry, st_centroid(new.shape::geometry))::geography;
  end if;
  return new;
end $$;

-- What hangs on a hazard or a facility is in its division, unless an import says otherwise. One function a table, for a
-- record has no column of another table's.
create function register.need_division(division_code text, owner_column text) returns text
language plpgsql immutable as $$
begin
  if division_code is null then
    raise exception '% refers to something that does not exist', owner_column using errcode = 'foreign_key_violation', column = owner_column;
  end if;
  return division_code;
end $$;

create function register.divide_by_hazard() returns trigger
language plpgsql as $$
begin
  new.division_code := register.need_division((select division_code from register.hazards where id = new.hazard_id), 'hazard_id');
  return new;
end $$;

create function register.divide_by_hazard_or_facility() returns trigger
language plpgsql as $$
begin
  if num_nonnulls(new.hazard_id, new.facility_id) <> 1 then
    raise exception 'Name a hazard or a facility: either HazardId or FacilityId' using errcode = 'check_violation', column = 'hazard_id';
  elsif new.hazard_id is not null then
    new.division_code := register.need_division((select division_code from register.hazards where id = new.hazard_id), 'hazard_id');
  else
    new.division_code := register.need_division((select division_code from register.facilities where id = new.facility_id), 'facility_id');
  end if;
  return new;
end $$;

create function register.divide_by_inspection() returns trigger
language plpgsql as $$
begin
  new.division_code := register.need_division((select division_code from register.inspections where id = new.inspection_id), 'inspection_id');
  return new;
end $$;

create trigger b_divide before insert on register.inspections
  for each row when (new.division_code is null) execute function register.divide_by_hazard();
create trigger b_divide before insert on register.incidents
  for each row when (new.division_code is null) execute function register.divide_by_hazard();
create trigger b_divide before insert on register.responsibilities
  for each row when (new.division_code is null) execute function register.divide_by_hazard_or_facility();
create trigger b_divide before insert on register.rectifications
  for each row when (new.division_code is null) execute function register.divide_by_hazard_or_facility();
create trigger b_divide before insert on register.photos
  for each row when (new.division_code is null) execute function register.divide_by_inspection();

-- The bytes of a photo, apart from what is known about it: lists of photos never touch them. They are compressed already.
create table register.photo_contents (
  photo_id uuid primary key references register.photos (id) on delete cascade,
  content  bytea not null check (length(content) between 1 and 10485760)
);
alter table register.photo_contents alter column content set storage external;
