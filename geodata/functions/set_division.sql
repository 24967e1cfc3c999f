-- What hangs on a hazard, a facility or an inspection is in its division, unless whoever inserts it says otherwise. One function
-- for each kind of owner, because a row has no column of another table's.
create function register.require_division(division_code text, owner_column text) returns text
language plpgsql immutable as $$
begin
  if division_code is null then
    raise exception '% refers to something that does not exist', owner_column
      using errcode = 'foreign_key_violation', column = owner_column;
  end if;
  return division_code;
end $$;

create function register.set_division_from_hazard() returns trigger
language plpgsql as $$
begin
  new.division_code := register.require_division(
    (select division_code from register.hazards where id = new.hazard_id), 'hazard_id');
  return new;
end $$;

create function register.set_division_from_hazard_or_facility() returns trigger
language plpgsql as $$
begin
  if num_nonnulls(new.hazard_id, new.facility_id) <> 1 then
    raise exception 'Name a hazard or a facility: either HazardId or FacilityId'
      using errcode = 'check_violation', column = 'hazard_id',
        hint = '请填写一处水域或一处设施：HazardId 与 FacilityId 二选一';
  elsif new.hazard_id is not null then
    new.division_code := register.require_division(
      (select division_code from register.hazards where id = new.hazard_id), 'hazard_id');
  else
    new.division_code := register.require_division(
      (select division_code from register.facilities where id = new.facility_id), 'facility_id');
  end if;
  return new;
end $$;

create function register.set_division_from_inspection() returns trigger
language plpgsql as $$
begin
  new.division_code := register.require_division(
    (select division_code from register.inspections where id = new.inspection_id), 'inspection_id');
  return new;
end $$;

-- A settlement lies in the lowest division that can be told.
create function register.set_division_from_location() returns trigger
language plpgsql as $$
begin
  new.division_code := register.home_division_at(new.location, register.division_at(new.location));
  if new.division_code is null then
    raise exception 'No division in force holds this position: name one'
      using errcode = 'check_violation', column = 'division_code',
        hint = '没有生效的行政区划包含该位置：请填写行政区划代码';
  end if;
  return new;
end $$;
