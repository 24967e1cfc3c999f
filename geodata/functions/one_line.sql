-- A text from elsewhere as one line: tabs, line breaks and other control characters become blanks; null when nothing can be seen.
create function register.one_line(value text) returns text
language sql immutable parallel safe as $$
  select case when register.is_line(l.line) then l.line end
  from btrim(regexp_replace(value, '[\u0001-\u0020\u007F-\u00A0\u2028-\u202E\u2066-\u2069]+', ' ', 'g')) l (line)
$$;
