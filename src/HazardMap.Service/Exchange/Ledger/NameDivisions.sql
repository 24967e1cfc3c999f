-- executed by: LedgerFormTests
-- A clerk writes the township's name where its code is wanted: the only division of that name is meant.
with named as (
  select d.name, min(d.code) as code from register.divisions d
  where d.name in (select distinct l.division_code from ledger l where l.division_code is not null)
    and (d.valid_to is null or d.valid_to > current_date)
    and not exists (select from register.divisions same where same.code = d.name)
  group by d.name having count(*) = 1),
told as (
  update ledger l set division_code = n.code from named n where l.division_code = n.name returning n.name, n.code)
select distinct name, code from told order by code
