-- Keeps the text of a calendar that was published; says whether the register knew another one, or none.
insert into register.school_calendars as c (code, division_code, year, holidays, workdays, sha256)
values ($1, $2, $3, $4::jsonb, $5::jsonb, $6)
on conflict (code) do update
set division_code = excluded.division_code, year = excluded.year, holidays = excluded.holidays, workdays = excluded.workdays,
    sha256 = excluded.sha256
where c.sha256 <> excluded.sha256
returning 1
