-- A water in force that came, went, opened, closed or lies elsewhere.
create function register.queue_ways_of_waters() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  touched uuid[];
begin
  if tg_op = 'INSERT' then
    touched := array(select id from inserted where is_in_force(status) limit 1001);
  elsif tg_op = 'DELETE' then
    touched := array(select id from deleted where is_in_force(status) limit 1001);
  else
    touched := array(
      select n.id from updated_to n join updated_from o using (id)
      where n.version <> o.version
        and (is_in_force(n.status) <> is_in_force(o.status) or st_asbinary(n.shape) <> st_asbinary(o.shape))
      limit 1001);
  end if;
  if cardinality(touched) > 1000 then
    perform queue_all_ways('Waters');
  elsif cardinality(touched) > 0 then
    insert into way_queue (concerns, subject) select 'Water', t from unnest(touched) t;
  end if;
  return null;
end $$;
