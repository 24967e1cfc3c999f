-- What is known of where children are and when: by division, at schools and pools, and what inspectors saw.

-- A day of any year, MM-DD: of a season that comes back.
create function register.is_month_day(value text) returns boolean
language sql immutable parallel safe as $$
  select value ~ '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$'
$$;

alter table register.divisions
  add column aged_1_to_4 integer check (aged_1_to_4 >= 0),
  add column aged_5_to_14 integer check (aged_5_to_14 >= 0),
  add column residence text check (residence in ('Town', 'Village')),
  -- From this day on no drowning in the division is missing from register.incidents; null: nobody says so.
  add column incidents_complete_since date,
  add constraint divisions_incidents_complete_since_calendar check (register.is_in_calendar(incidents_complete_since));

alter table register.facilities
  add column stages text check (stages in ('Primary', 'Junior', 'Both')),   -- of a school
  add column boarders integer check (boarders >= 0),                        -- of a school: among its pupils
  add column places integer check (places >= 0),                            -- of a pool: who can be in it at once
  add column open_from text check (register.is_month_day(open_from)),       -- of a pool: its season; over the new year when from > to
  add column open_to text check (register.is_month_day(open_to)),
  add column turns integer check (turns >= 0),                              -- of a pool: how often a day its places are filled anew
  add constraint facilities_season_check check ((open_from is null) = (open_to is null));

-- What was counted at a water: who was there while somebody watched for so long. Null: not counted, which is not 0.
alter table register.inspections
  add column children_seen integer check (children_seen >= 0),
  add column children_in_water integer check (children_in_water >= 0),
  add column watched_minutes integer check (watched_minutes >= 0);
