-- Coverage runs: who is served by a kind of facility, who is left out, is there enough room. A run is an order (see
-- src/HazardMap.Service/Runs), its results stay beside it, so that two runs can be compared and one can be repeated.
create table register.coverage_runs (
  id              uuid primary key default register.uuid_v7(),
  -- the question
  name            text check (length(name) <= 200),
  kind            text not null,                                  -- what serves
  mode            text not null check (mode in ('Straight', 'Walk', 'Drive')),
  unit            text not null default 'Metres' check (unit in ('Metres', 'Minutes')),
  bands           text not null,                                  -- rising limits, '1000 3000 5000'
  weights         text,                                           -- one for each band; null: from beta
  beta            double precision check (beta > 0 and beta < 'Infinity'),
  demand          text not null,                                  -- who may be served
  demand_kinds    text,                                           -- at which kinds of facility; null: what the word means
  include_planned boolean not null default false,                 -- planned facilities serve too
  draw_areas      boolean not null default true,
  baseline_id     uuid references register.coverage_runs (id) on delete set null,
  -- the run
  state           text not null default 'Queued' check (state in ('Queued', 'Running', 'Done', 'Failed', 'Cancelled')),
  progress        double precision not null default 0,
  requested_at    timestamptz not null default now(),
  requested_by    text not null default register.actor(),
  started_at      timestamptz,
  finished_at     timestamptz,
  attempts        integer not null default 0,
  cancel_requested boolean not null default false,
  error           text,
  -- what came out
  distance        text check (distance in ('geodesic', 'walk', 'drive')),
  notes           text,
  inputs_hash     text,
  results_hash    text,
  road_revision   bigint,
  demand_points   integer,
  demand_total    bigint,
  covered         bigint,
  supplies        integer,
  capacity        double precision,
  supplies_without_capacity integer,
  demand_off_network integer,
  supplies_off_network integer,
  demand_on_islands integer,
  read_seconds    double precision,
  measure_seconds double precision,
  draw_seconds    double precision,
  shown_at        timestamptz                                     -- the map shows the run that was shown last
);
create index coverage_runs_by_time on register.coverage_runs (requested_at desc);
create index coverage_runs_open on register.coverage_runs (requested_at, id) where state in ('Queued', 'Running');
create index coverage_runs_shown on register.coverage_runs (shown_at desc nulls last) where state = 'Done';

-- One row a place: everything, a division (its subdivisions counted in), a demand point, a supply.
create table register.coverage_results (
  id              uuid primary key,
  run_id          uuid not null references register.coverage_runs (id) on delete cascade,
  place           text not null check (place in ('Everywhere', 'Division', 'DemandPoint', 'Supply')),
  code            text not null,
  name            text not null,
  level           text,                                           -- of a division
  division_code   text not null,
  facility_id     uuid,
  location        geography(Point, 4326),
  demand          bigint not null check (demand >= 0),            -- of a supply: who may come
  points          integer not null,
  covered         bigint not null,
  share           double precision,
  is_covered      boolean,                                        -- of a demand point
  band            double precision,                               -- the first limit that its nearest supply is within
  nearest_id      uuid,
  nearest_cost    double precision,
  nearest_p50     double precision,
  nearest_p90     double precision,
  nearest_max     double precision,
  choices         integer,                                        -- supplies within the threshold
  supplies        integer,
  capacity        double precision,
  provider_ratio  double precision,                               -- capacity here / demand here
  two_step        double precision,                               -- capacity for each person, 2SFCA
  stepped         double precision,                               -- E2SFCA, a weight for each band
  gaussian        double precision,                               -- E2SFCA, Gaussian decay
  three_step      double precision,                               -- 3SFCA
  is_off_network  boolean not null default false
);
create index coverage_results_of_run on register.coverage_results (run_id, place, code);
create index coverage_results_left_out on register.coverage_results (run_id, demand desc, id) where is_covered = false;

create table register.coverage_bands (
  id        uuid primary key,
  run_id    uuid not null references register.coverage_runs (id) on delete cascade,
  place     text not null,
  code      text not null,
  band      double precision not null,
  demand    bigint not null,
  covered   bigint not null,
  points    integer,
  share     double precision
);
create index coverage_bands_of_run on register.coverage_bands (run_id, place, code, band);

-- Areas of the bands, the lower bands included; without a facility: all together, no overlap counted twice.
create table register.catchment_areas (
  id            uuid primary key,
  run_id        uuid not null references register.coverage_runs (id) on delete cascade,
  facility_id   uuid,
  code          text,
  name          text,
  band          double precision not null,
  distance      text not null,
  area          geography(MultiPolygon, 4326) not null,
  square_metres double precision not null,
  error_metres  double precision not null,                        -- how far the outline may be from where it should be
  demand        bigint not null                                   -- within it, as measured, not as drawn
);
create index catchment_areas_of_run on register.catchment_areas (run_id, band);
create index catchment_areas_planar on register.catchment_areas using gist ((area::geometry));
