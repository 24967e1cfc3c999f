-- Photos that come in pieces from phones without a signal, and what is known of every photo: what was received and what is kept of it,
-- whether the same picture hangs on another water, and apart from the picture where and when the camera says it was taken.

-- The bytes of a photo stay in the database: an inspection and its evidence are one commit, one backup, one moment of a restore, and
-- nothing has to be swept or missed when a machine dies between two writes. What counts against it, size, is bounded by the limits
-- on photos; pictures are compressed already and lie outside of the rows.
alter table register.photos
  add column sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),                     -- of what is kept, and served
  add column received_sha256 text check (received_sha256 ~ '^[0-9a-f]{64}$'),   -- of what came in
  -- What is to be seen, coarsely: 256 times whether a patch is clearly brighter than its neighbour. Null: nothing stands out.
  add column print text check (print ~ '^[0-9a-f]{64}$'),
  -- The eldest photo of another water that shows the same. No reference: the finding outlives that photo.
  add column duplicate_of_id uuid,
  add column created_by text not null default register.actor();
update register.photos p set sha256 = encode(c.sha256, 'hex') from register.photo_contents c where c.photo_id = p.id;

-- Eight parts of a print: two pictures that differ little have one of them in common. A part without any or with every mark says nothing.
create function register.print_parts(print text) returns text[]
language sql immutable parallel safe as $$
  select array(select n || substr(print, n * 8 + 1, 8) from generate_series(0, 7) n
               where substr(print, n * 8 + 1, 8) not in ('00000000', 'ffffffff'))
$$;
create index photos_by_print on register.photos using gin (register.print_parts(print)) where print is not null;
create index photos_by_sha256 on register.photos (sha256);
create index photos_of_author on register.photos (created_by, created_at);

-- The bytes of a photo may be there before it: an upload that is complete waits for its inspection. Triggers of photos take them away.
alter table register.photo_contents drop constraint photo_contents_photo_id_fkey;
alter table register.photo_contents
  add column thumbnail bytea check (length(thumbnail) <= 262144);   -- null: not made yet
alter table register.photo_contents alter column thumbnail set storage external;

-- What the camera wrote into the file, which the picture that is served no longer has. Personal: it tells where somebody was.
create table register.photo_origins (
  photo_id     uuid primary key,
  position     geography(Point, 4326) check (register.is_sound(position)),
  taken_at     timestamptz constraint photo_origins_taken_at_calendar check (register.is_in_calendar(taken_at)),
  -- false: the camera told no offset, and its time was taken for that of China
  zone_is_told boolean not null default false
);

-- An upload by the protocol tus: what the client said, how far it is (the bytes lie in a file beside the database until it is whole), and
-- afterwards its receipt.
create table register.uploads (
  id              uuid primary key default register.uuid_v7(),
  account         text not null,
  areas           text[],                            -- patterns of the divisions that the account had then; null: everywhere
  inspection_id   uuid not null,                     -- no reference: a phone may send a photo before its inspection
  filename        text check (length(filename) <= 200 and register.is_line(filename)),
  length          integer not null check (length > 0),
  sha256          text check (sha256 ~ '^[0-9a-f]{64}$'),   -- what the client says; null: nothing
  state           text not null default 'Receiving'
                  check (state in ('Receiving', 'Waiting', 'Done', 'Refused', 'Ended', 'Expired')),
  photo_id        uuid,
  media_type      text check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  size_bytes      integer check (size_bytes > 0),
  received_sha256 text check (received_sha256 ~ '^[0-9a-f]{64}$'),
  stored_sha256   text check (stored_sha256 ~ '^[0-9a-f]{64}$'),
  print           text check (print ~ '^[0-9a-f]{64}$'),
  refusal         jsonb,                             -- why the picture was not taken: status, code, message, messageZh
  created_at      timestamptz not null default clock_timestamp()
                  constraint uploads_created_at_calendar check (register.is_in_calendar(created_at)),
  expires_at      timestamptz not null constraint uploads_expires_at_calendar check (register.is_in_calendar(expires_at)),
  finished_at     timestamptz constraint uploads_finished_at_calendar check (register.is_in_calendar(finished_at)),
  constraint uploads_photo_check check ((state in ('Waiting', 'Done')) = (photo_id is not null)),
  constraint uploads_refusal_check check ((state = 'Refused') = (refusal is not null))
);
create index uploads_of_account on register.uploads (account, created_at);
create index uploads_of_inspection on register.uploads (inspection_id, sha256);
create index uploads_that_wait on register.uploads (inspection_id) where state = 'Waiting';
create index uploads_by_photo on register.uploads (photo_id) where photo_id is not null;
create index uploads_open on register.uploads (expires_at) where state in ('Receiving', 'Waiting');
