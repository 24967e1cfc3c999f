-- Who may be served ($1 = pupils, children, elders or points), given what serves them ($2 = kind of facility).
with
-- people at facilities that are open
at_facilities as (
  select id::text as id, code, name, division_code, location,
         case $1::text when 'pupils' then aged_5_to_14 when 'children' then under5 + aged_5_to_14
                       when 'elders' then aged_60_plus else 1 end::bigint as demand
  from register.facilities
  where status = 'Open'
    and case $1::text when 'pupils' then kind = 'School' when 'points' then kind = 'ChildrensHome' else kind <> $2::text end),
-- elders at home, at the centre of the smallest division that counts them
at_home as (
  select d.code as id, d.code, d.name, d.code as division_code, d.centre as location, d.elders::bigint as demand
  from register.divisions d
  where $1::text = 'elders' and d.elders is not null and d.valid_from <= current_date and (d.valid_to is null or d.valid_to > current_date)
    and not exists (select from register.divisions s where s.parent_code = d.code and s.elders is not null))
select * from at_facilities where demand > 0
union all
select * from at_home where demand > 0
order by code, id
