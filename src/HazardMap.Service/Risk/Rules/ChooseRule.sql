-- The rule ($1) that edits score with from now on; who chose it and when moves only when it is another.
insert into register.active_risk_rule as a (rule) values ($1)
on conflict (is_only) do update set rule = $1, chosen_at = now(), chosen_by = register.actor()
where a.rule <> $1
