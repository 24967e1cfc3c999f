-- Days on which a child died in a water: events, not victims. Of some waters ($1), or of all (null).
select hazard_id, occurred_on from register.incidents
where age_band in ('Under5', 'Aged5To14') and outcome = 'Died' and ($1::uuid[] is null or hazard_id = any ($1))
group by hazard_id, occurred_on
