-- A settlement that comes, goes, moves, is renamed or weighs otherwise: the others of its division count more or less then, and what
-- stood in for them begins or ceases to count.
create function register.queue_ways_of_settlements() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  sides constant text := case tg_op
    when 'INSERT' then 'select division_code, location from inserted'
    when 'DELETE' then 'select division_code, location from deleted'
    else 'select v.* from updated_to n join updated_from o using (id)
          cross join lateral (values (o.division_code, o.location), (n.division_code, n.location)) v (division_code, location)
          where n.version <> o.version and (n.name, n.kind, n.weight, n.division_code, st_asbinary(n.location))
                is distinct from (o.name, o.kind, o.weight, o.division_code, st_asbinary(o.location))' end;
  touched text[];
  places geography[];
begin
  execute format('select array_agg(distinct division_code), array_agg(location) from (%s limit 2001) s', sides) into touched, places;
  if cardinality(places) > 2000 then
    perform queue_all_ways('Everything');
  elsif cardinality(places) > 0 then
    perform queue_way_origins(touched, places);
  end if;
  return null;
end $$;
