-- What a map is confined to: the codes of the divisions that its reader may see, with all below them; null: everything. The service sets
-- it for the transaction.
create function tiles.areas() returns text[]
language sql stable parallel safe as $$ select nullif(current_setting('hazardmap.areas', true), '')::text[] $$;

-- The first text after all codes that lie in an area: 5326 ends before 5326{, for a brace comes after all letters and digits; where codes
-- have parts the part is whole, and osm.12 ends before osm.12/, which comes after the dot alone.
create function tiles.end_of_area(area text) returns text
language sql immutable strict parallel safe as $$ select area || case when strpos(area, '.') > 0 then '/' else '{' end $$;

-- Whether a division may be seen. Texts are compared by bytes, as the indexes of codes are.
create function tiles.is_within(code text, areas text[]) returns boolean
language sql immutable parallel safe as $$
  select areas is null or exists (select from unnest(areas) a where code ~>=~ a and code ~<~ tiles.end_of_area(a))
$$;
