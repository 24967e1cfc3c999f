-- Every water has its row of risk from the start, so that readers may join, not outer-join, and it goes with the water. A water
-- that moved is only listed (see register.moved_waters). Queued to be scored again is what the rules look at.
create function register.keep_risks() returns trigger
language plpgsql security definer set search_path = register, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into hazard_risks (hazard_id, across, down)
    select id, world_across(location), world_down(location) from inserted on conflict do nothing;
    perform queue_risks(array(select id from inserted limit 1001), null);
  elsif tg_op = 'UPDATE' then
    insert into moved_waters (hazard_id)
    select n.id from updated_to n join updated_from o using (id) where n.location is distinct from o.location;
    perform queue_risks(array(
      select n.id from updated_to n join updated_from o using (id)
      where n.version <> o.version
        and ((n.kind, n.depth_metres, n.flow, n.bank, n.access,
              n.has_sign, n.has_ring, n.has_rope, n.has_pole, n.has_camera, n.status, n.division_code,
              case when n.access = 'Fenced' then n.last_inspected_at end)   -- a fence that nobody looks at fades
             is distinct from
             (o.kind, o.depth_metres, o.flow, o.bank, o.access,
              o.has_sign, o.has_ring, o.has_rope, o.has_pole, o.has_camera, o.status, o.division_code,
              case when o.access = 'Fenced' then o.last_inspected_at end)
           or st_asbinary(n.shape) <> st_asbinary(o.shape))
      limit 1001), null, array(
      select o.shape from updated_to n join updated_from o using (id)
      where n.version <> o.version and st_asbinary(n.shape) <> st_asbinary(o.shape) limit 1001));
  elsif tg_op = 'DELETE' then
    delete from hazard_risks r using deleted d where r.hazard_id = d.id;
    perform queue_risks(null, null, array(select shape from deleted limit 1001));
  else
    truncate hazard_risks, hazard_reaches, moved_waters;
  end if;
  return null;
end $$;
