-- A division that begins, ends, moves, is renamed or counts other children; its parent may become or cease to be a lowest one.
create function register.queue_ways_of_divisions() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  sides constant text := case tg_op
    when 'INSERT' then 'select code, parent_code, centre from inserted'
    when 'DELETE' then 'select code, parent_code, centre from deleted'
    else 'select v.* from updated_to n full join updated_from o on o.code = n.code
          cross join lateral (values (o.code, o.parent_code, o.centre), (n.code, n.parent_code, n.centre)) v (code, parent_code, centre)
          where v.code is not null and (n.name, n.parent_code, n.children, n.valid_from, n.valid_to, st_asbinary(n.centre))
                is distinct from (o.name, o.parent_code, o.children, o.valid_from, o.valid_to, st_asbinary(o.centre))' end;
  touched text[];
  places geography[];
begin
  execute format('select array_agg(code) || array_agg(parent_code), array_agg(centre) from (%s limit 2001) s', sides)
    into touched, places;
  if cardinality(places) > 2000 then
    perform queue_all_ways('Everything');
  elsif cardinality(places) > 0 then
    perform queue_way_origins(touched, places);
  end if;
  return null;
end $$;
