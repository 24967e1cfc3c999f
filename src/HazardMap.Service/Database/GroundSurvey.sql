-- One row: what a database is, before anything is written there. Everybody may ask it.
with
-- the schemas that the register takes, in the order in which they are named to people
taken as (
  select n.nspname, n.nspowner, place
  from unnest(array['register', 'account', 'odata', 'tiles', 'journal']) with ordinality s (name, place)
  join pg_namespace n on n.nspname = s.name),
-- the journal of migrations, when a table of that name is one
journal as (
  select c.oid,
         has_schema_privilege(c.relnamespace, 'usage') and has_table_privilege(c.oid, 'select') as may_read
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'journal' and c.relname = 'scripts' and c.relkind = 'r'
    and 2 = (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attname in ('name', 'sha256')))
select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as read_only,
       (select pg_encoding_to_char(encoding)::text from pg_database where datname = current_database()) as encoding,
       current_user::text as role,
       current_database()::text as database,
       me.rolsuper as is_superuser,
       me.rolsuper or me.rolcreaterole as may_create_roles,
       has_database_privilege(current_database(), 'create') as may_create,
       'public' = any (current_schemas(false)) as sees_public,
       (select array_agg(nspname::text order by place) from taken) as schemas,
       (select pg_get_userbyid(nspowner)::text from taken where not pg_has_role(nspowner, 'usage') order by place limit 1) as other_owner,
       exists (select from journal) as has_journal,
       coalesce((select may_read from journal), false) as may_read_journal
from pg_roles me where me.rolname = current_user
