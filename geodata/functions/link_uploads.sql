-- Uploads that wait for one of these inspections become its photos, where the inspection lies in what the account may enter. Rows that
-- somebody else works on are his.
create function register.link_uploads(inspection_ids uuid[]) returns integer
language sql as $$
  with due as materialized (
    select u.*, i.division_code from register.uploads u join register.inspections i on i.id = u.inspection_id
    where u.inspection_id = any(inspection_ids) and u.state = 'Waiting'
      and (u.areas is null or i.division_code like any (u.areas))
    for update of u skip locked),
  linked as (
    insert into register.photos (id, inspection_id, division_code, media_type, size_bytes, sha256, received_sha256, print, created_by)
    select photo_id, inspection_id, division_code, media_type, size_bytes, stored_sha256, received_sha256, print, account from due
    on conflict (id) do nothing
    returning id),
  receipts as (
    update register.uploads u set state = 'Done' from linked l where u.photo_id = l.id and u.state = 'Waiting' returning u.id)
  select count(*)::integer from receipts
$$;

create function register.link_uploads_of_inspections() returns trigger
language plpgsql as $$
begin
  if exists (select from register.uploads u join inserted i on i.id = u.inspection_id where u.state = 'Waiting') then
    perform register.link_uploads(array(select id from inserted));
  end if;
  return null;
end $$;
