-- What a map is confined to: the codes of the divisions that its reader may see, with all below them; null: everything. The service sets
-- it for the transaction.
create function tiles.areas() returns text[]
language sql stable parallel safe as $$ select nullif(current_setting('hazardmap.areas', true), '')::text[] $$;

-- Whether a division may be seen. Texts are compared by bytes, as the indexes of codes are.
create function tiles.is_within(code text, areas text[]) returns boolean
language sql immutable parallel safe as $$
  select areas is null or exists (select from unnest(areas) a where code ~>=~ a and code ~<~ register.end_of_area(a))
$$;
