-- Children at waters by the hour, under a rule of trips: one point a water to which anybody goes. `hours` has a letter for each way
-- in which hours are alike (TripMaps.cs); the description says which of them an hour of a day is, and what month and hour multiply.
-- Letters count quarters of doublings from one visit in ten thousand: 2 ^ ((place - 1) / 4) / 10,000, and the first is nobody. So a
-- map is coloured for any hour without another tile. What a water is called, and which, the layer hazards says.
create function tiles.visits(z integer, x integer, y integer) returns bytea
language plpgsql stable strict parallel safe
set plan_cache_mode = force_custom_plan set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  box constant geometry := tiles.box(z, x, y, 1 / 64.0);
  -- What is hardly seen among thousands is left out: at its best a child a day, in three, in twenty, in a hundred days.
  least constant double precision := case when z < 8 then 1 when z < 9 then 0.3 when z < 10 then 0.05 else 0.01 end;
  ways constant jsonb := tiles.of_trips() -> 'weights';
  areas constant text[] := tiles.areas();
  weights constant double precision[] := array(
    select w::double precision from jsonb_array_elements(ways) with ordinality u(way, place),
      jsonb_array_elements_text(way) with ordinality v(w, entry) order by place, entry);
begin
  if z < 7 or ways is null then return ''; end if;
  return (
    with points as (
      select tiles.feature_id(h.id) as feature, tiles.point(h.location::geometry, z, x, y) as geom,
             tiles.visits_told(r.trips, weights) as hours
      from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
      where h.location::geometry && box and r.visits > least and tiles.is_within(h.division_code, areas)
      order by r.visits, h.id)   -- where most come is drawn last, on top
    select st_asmvt(points, 'visits', 4096, 'geom', 'feature') from points);
end $$;

-- A letter for each way: trips by who makes them (t) times what one of each weighs, sixteen weights a way.
create function tiles.visits_told(t real[], w double precision[]) returns text
language plpgsql immutable parallel safe as $$
declare
  letters constant text := tiles.visits_letters();
  told    text := '';
  visits  double precision;
  at      integer := 0;
begin
  while at < cardinality(w) loop
    visits := t[1] * w[at + 1] + t[2] * w[at + 2] + t[3] * w[at + 3] + t[4] * w[at + 4] + t[5] * w[at + 5] + t[6] * w[at + 6]
      + t[7] * w[at + 7] + t[8] * w[at + 8] + t[9] * w[at + 9] + t[10] * w[at + 10] + t[11] * w[at + 11] + t[12] * w[at + 12]
      + t[13] * w[at + 13] + t[14] * w[at + 14] + t[15] * w[at + 15] + t[16] * w[at + 16];
    told := told || substr(letters, case when visits < 0.0001 then 1
      else least(length(letters), 2 + floor(4 * ln(visits * 10000) / ln(2::double precision))::integer) end, 1);
    at := at + 16;
  end loop;
  return told;
end $$;

create function tiles.visits_letters() returns text
language sql immutable parallel safe as $$
  select '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+,-./:;<=>?@[]^_`{|}~'
$$;

create function tiles.visits_about() returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'name', '儿童到访 Visits of children', 'minzoom', 7, 'maxzoom', 16,
    'bounds', tiles.bounds(case when tiles.of_trips() is not null then tiles.extent_of('hazards') end),
    'hours', tiles.of_trips() - 'weights' - 'levels' || jsonb_build_object('letters', tiles.visits_letters()),
    'homes', case when tiles.of_trips() is not null then tiles.homes_known() end,
    'vector_layers', jsonb_build_array(jsonb_build_object('id', 'visits', 'minzoom', 7, 'maxzoom', 16,
      'description', 'one point a water that children come to; hours: a letter for each way in which hours are alike',
      'fields', jsonb_build_object('hours', 'String'))))
$$;

-- Of the lowest divisions in force: how many there are, of how many nobody knows how many children live there, and of how many only the
-- centre stands for all homes.
create function tiles.homes_known() returns jsonb
language sql stable as $$
  with in_force as (
    select code, parent_code, coalesce(aged_1_to_4 + aged_5_to_14, children, population) is null as is_unknown from register.divisions
    where code <> '0000' and tiles.is_within(code, tiles.areas())
      and valid_from <= current_date and (valid_to is null or valid_to > current_date))
  select jsonb_build_object('divisions', count(*), 'unknown', count(*) filter (where is_unknown),
    'rough', case when tiles.areas() is null then (select count(*) from register.risk_origins where kind = 'Centre') end)
  from in_force d where not exists (select from in_force below where below.parent_code = d.code)
$$;
