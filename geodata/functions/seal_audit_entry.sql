-- An entry before it is sealed: what the chain gives is not the writer's to give, and nobody writes in another's name.
create function account.begin_audit_entry() returns trigger
language plpgsql as $$
begin
  new.number := null;
  new.previous_hash := null;
  new.hash := null;
  new.at := clock_timestamp();
  new.actor := register.actor();
  return new;
end $$;

-- One field of the text that is hashed: its length in bytes before it, so that no two entries have one text; none is a hyphen.
create function account.audit_field(value text) returns text
language sql immutable parallel safe as $$
  select coalesce(octet_length(value) || ':' || value, '-') || chr(10)
$$;

-- The hash of an entry: SHA-256 of the hash before it and of its own fields. The service's AuditChain computes the same.
create function account.audit_hash(entry account.audit_entries) returns bytea
language sql stable as $$
  select sha256(entry.previous_hash || convert_to(
    'hazardmap-audit-1' || chr(10) || account.audit_field(entry.id::text) || account.audit_field(entry.number::text)
    || account.audit_field(to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || account.audit_field(entry.actor) || account.audit_field(entry.action) || account.audit_field(entry.entity)
    || account.audit_field(entry.entity_id) || account.audit_field(entry.division_code) || account.audit_field(entry.reason)
    || account.audit_field(entry.details::text), 'UTF8'))
$$;

-- Seals an entry when its transaction commits (a deferred trigger): it gets the next number, and the hash of the one before. From here
-- to the end of the commit others that seal wait, and nobody else.
-- security definer: the service may cause links of the chain, but not write them by hand.
create function account.seal_audit_entry() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  entry account.audit_entries;
begin
  select * into entry from account.audit_entries where id = new.id;
  if entry.hash is not null then return null; end if;
  select number + 1, hash into entry.number, entry.previous_hash from account.audit_head for update;
  entry.hash := account.audit_hash(entry);
  update account.audit_entries set number = entry.number, previous_hash = entry.previous_hash, hash = entry.hash where id = entry.id;
  update account.audit_head set number = entry.number, hash = entry.hash;
  return null;
end $$;

-- Sealing is the one change that an entry sees.
create function account.refuse_rewriting_audit() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.hash is null and new.hash is not null then return new; end if;
  raise exception 'audit entries are append-only' using errcode = 'insufficient_privilege',
    hint = '审计记录只能追加，不能修改或删除';
end $$;
