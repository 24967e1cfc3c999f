-- Adds to the number of past incidents of waters, or takes away from it, and queues the waters to be scored again.
create function register.add_incidents(hazards uuid[], each_counts integer) returns void
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if each_counts > 0 then
    insert into hazard_incidents as c (hazard_id, incidents)
    select h, count(*) * each_counts from unnest(hazards) h group by h order by h
    on conflict (hazard_id) do update set incidents = c.incidents + excluded.incidents;
  else
    update hazard_incidents c set incidents = c.incidents + n * each_counts
    from (select h, count(*) as n from unnest(hazards) h group by h order by h) s where c.hazard_id = s.h;
  end if;
  perform queue_risks(hazards, null);
end $$;

create function register.count_incidents() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform add_incidents(array(select hazard_id from inserted), 1);
  elsif tg_op = 'DELETE' then
    perform add_incidents(array(select hazard_id from deleted), -1);
  else
    perform add_incidents(array(select hazard_id from updated_from), -1);
    perform add_incidents(array(select hazard_id from updated_to), 1);
  end if;
  return null;
end $$;
