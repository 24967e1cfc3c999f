-- What the tables stand on: the schemas, and the functions that their defaults and checks call.
--
-- Positions are geography(…, 4326): distances are metres on the WGS84 spheroid everywhere, no zone borders, no
-- accidental degrees. Boxes of the map use a second GiST index on the planar cast (see README.md).

create schema register;   -- the tables, and the views that people read
create schema account;    -- who may log in; nothing here is readable by the read-only role
create schema odata;      -- one view per entity set that the API serves
create schema tiles;      -- one function per map layer

-- UUIDv7: time-ordered keys, so that inserts stay at the right edge of the index.
create function register.uuid_v7() returns uuid
language sql volatile parallel safe as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
              placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
              from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- A shape that may enter the register: two-dimensional, not empty, valid, SRID 4326. (geography itself wraps longitudes
-- beyond 180, therefore ranges are checked before the cast, at every surface.)
create function register.is_sound(shape geography) returns boolean
language sql immutable strict parallel safe as $$
  select not st_isempty(shape::geometry)
     and st_ndims(shape::geometry) = 2
     and st_isvalid(shape::geometry)
$$;

-- Who acts: the service sets hazardmap.actor for the transaction; anybody else is named by the database role.
create function register.actor() returns text
language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('hazardmap.actor', true), ''), 'database:' || session_user)
$$;
