-- Who may be served ($1 = the word of the demand), given what serves them ($2 = kind of facility) and perhaps the kinds of
-- facility where they are ($3; null: what the word means).
with
-- people at facilities that are open
at_facilities as (
  select id::text as id, code, name, division_code, location,
         case $1::text when 'pupils' then aged_5_to_14 when 'children' then under5 + aged_5_to_14 when 'elders' then aged_60_plus
                       when 'under5' then under5 when 'aged5to14' then aged_5_to_14 when 'aged60plus' then aged_60_plus
                       when 'capacity' then coalesce(capacity, 0) when 'population' then 0 else 1 end::bigint as demand
  from register.facilities
  where status = 'Open'
    and case when $3::text[] is not null then kind = any ($3::text[])
             when $1::text = 'pupils' then kind = 'School' when $1::text = 'points' then kind = 'ChildrensHome' else kind <> $2::text end),
-- what a division counts of those who are asked for
counted as (
  select code, name, parent_code, centre, valid_from, valid_to,
         case when $3::text[] is not null then null when $1::text = 'elders' then elders
             when $1::text = 'population' then population end as people
  from register.divisions),
-- people at home, at the centre of the smallest division that counts them
at_home as (
  select d.code as id, d.code, d.name, d.code as division_code, d.centre as location, d.people::bigint as demand
  from counted d
  where d.people is not null and d.valid_from <= current_date and (d.valid_to is null or d.valid_to > current_date)
    and not exists (select from counted s where s.parent_code = d.code and s.people is not null))
select * from at_facilities where demand > 0
union all
select * from at_home where demand > 0
order by code, id
