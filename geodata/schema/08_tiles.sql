-- What a map below z9 shows is counted when it changes, not for every tile: grouping a million waters costs 0.6 s.
--
-- Counts by additions only: every change adds rows (+1 where a water is now, -1 where it was) and nothing is updated, so that
-- two editors of one district never wait for each other. A tile sums the rows of its cells; the service sums them up from time
-- to time (fold_map_cells). Places are whole numbers, 2^31 to the world's side (2 cm), so sums never drift.
create table register.map_cells (
  layer       text     not null,
  cell_row    integer  not null,   -- 0 .. 2047 from the north: an eighth of a z8 tile
  cell_column integer  not null,   -- 0 .. 2047 from the antimeridian
  class       text     not null,   -- a water's level ('' = not scored yet), a facility's kind
  count       bigint   not null,
  across      bigint   not null,   -- sums of places, for the mean
  down        bigint   not null
);
create index map_cells_by_place on register.map_cells (layer, cell_row, cell_column);
