-- Announces the boxes of ways, or of waters beside them, as they were and as they are; more than a hundred in a transaction, the
-- layer.
create function register.announce_ways() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
declare
  changed constant text := case tg_op
    when 'INSERT' then 'select facility_id, geom from inserted'
    when 'DELETE' then 'select facility_id, geom from deleted'
    else 'select facility_id, geom from updated_from union all select facility_id, geom from updated_to' end;
  touched bigint;
begin
  execute format('select count(*) from (select from (%s) c limit 101) t', changed) into touched;
  if touched = 0 or not may_announce_singly('Ways', 'ways', touched) then return null; end if;
  execute format(
    'with changes as materialized (%s),
     logged as (
       insert into map_changes (layer, west, south, east, north)
       select distinct ''ways'', st_xmin(geom), st_ymin(geom), st_xmax(geom), st_ymax(geom) from changes)
     select count(notify_changed(''Ways'', c.facility_id::text, st_pointonsurface(c.geom), f.division_code))
     from changes c left join facilities f on f.id = c.facility_id', changed) into touched;
  return null;
end $$;
