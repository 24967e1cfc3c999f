-- What lies in a division is told by codes, compared by bytes as the indexes of codes are: from its own code on, before this text. 5326
-- ends before 5326{, for a brace comes after all letters and digits; where codes have parts the part is whole, and osm.12 ends before
-- osm.12/, which comes after the dot alone, so that osm.123 is not in it.
create function register.end_of_area(area text) returns text
language sql immutable strict parallel safe as $$ select area || case when strpos(area, '.') > 0 then '/' else '{' end $$;
