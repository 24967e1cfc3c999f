-- Where an account is logged in, and was. Ended ones stay for a while.
create view odata.devices as
select s.id, a.user_name, a.display_name,
       (select min(g.area) from account.grants g
        where g.account = a.user_name and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now())) as division_code,
       s.device as name, s.agent, s.address, s.began_by, s.created_at, s.last_seen_at,
       s.expires_at, s.ended_at, s.ended_because
from account.sessions s join account.accounts a on a.id = s.account_id;
