-- What each constraint says to a person who breaks it, as its comment: what is wrong, without the subject, in English and, after the
-- slash, in Chinese; one about several fields begins with a colon and names them. The API puts the field before it and says both; in
-- psql: obj_description(oid, 'pg_constraint').
-- A test fails for a constraint that says nothing. First those that say something of their own, by table and field; then what all of
-- a kind say, worked out of their definitions.
do $$
declare
  broken record;
begin
  for broken in
    with
    told (name, en, zh) as (values
      -- waters
      ('hazards_code_check', 'needs 1 to 64 characters', '须为 1 至 64 个字符'),
      ('hazards_code_key', 'is already used by another water', '已被其他水域使用'),
      ('hazards_name_check', 'needs 1 to 200 characters, not only blanks', '须为 1 至 200 个字符，不能只有空白'),
      ('hazards_shape_check', 'must be a point, a line or an area, or several of one kind: sound, two-dimensional, not empty',
       '须为有效的点、线或面（可为多部分），二维且非空'),
      ('hazards_depth_metres_check', 'must lie between 0 and 12000', '须在 0 至 12000 之间'),
      -- facilities
      ('facilities_code_check', 'needs 1 to 64 characters', '须为 1 至 64 个字符'),
      ('facilities_code_key', 'is already used by another facility', '已被其他设施使用'),
      ('facilities_name_check', 'needs 1 to 200 characters, not only blanks', '须为 1 至 200 个字符，不能只有空白'),
      ('facilities_open_from_check', 'must be a month and a day, such as 06-01', '须为月-日，例如 06-01'),
      ('facilities_open_to_check', 'must be a month and a day, such as 09-30', '须为月-日，例如 09-30'),
      ('facilities_season_check', ': a season has its first and its last day, or neither is stated',
       '：开放季的起止日期须同时填写或同时为空'),
      -- settlements
      ('settlements_code_check', 'needs 1 to 64 characters', '须为 1 至 64 个字符'),
      ('settlements_code_key', 'is already used by another settlement', '已被其他居民点使用'),
      ('settlements_weight_check', 'must lie between 0 and 1000000000', '须在 0 至 1000000000 之间'),
      -- divisions
      ('divisions_code_check', 'needs 2 to 64 digits, Latin letters or dots', '须为 2 至 64 位数字、字母或点'),
      ('divisions_name_check', 'cannot be only blanks', '不能只有空白'),
      ('divisions_check', ': a code begins with the code of the division above', '：行政区划代码须以上级代码开头'),
      ('divisions_check1', ': ValidTo must be later than ValidFrom', '：停用日期须晚于启用日期'),
      -- people
      ('people_name_check', 'needs 1 to 200 characters, not only blanks', '须为 1 至 200 个字符，不能只有空白'),
      -- what comes late
      ('conflicts_field_check', ': a conflict is about a field or about a whole request', '：冲突须针对某个字段或整个请求'),
      ('conflicts_decided_check', ': a decision has its person and its time', '：裁决须有裁决人和裁决时间'),
      ('event_order_xid_key', 'has its place already', '已有位置'),
      ('event_state_one_check', 'there is one row only', '仅有一行'),
      ('webhooks_url_check', 'must be an http or https address of at most 2000 characters',
       '须为不超过 2000 个字符的 http 或 https 地址'),
      -- who answers for what
      ('responsibilities_check', ': ValidTo must be later than ValidFrom', '：终止日期须晚于起始日期'),
      ('responsibilities_check1', ': name either a water or a facility', '：水域与设施须且只能填写一项'),
      -- field records
      ('photos_size_bytes_check', 'must be more than 0', '须大于 0'),
      ('photo_contents_content_check', 'needs 1 to 10485760 bytes', '须为 1 至 10485760 字节'),
      ('inspections_corrects_id_key', 'has been corrected already: correct its correction',
       '已被更正过：请更正最新的那一条'),
      ('inspections_corrects_id_check', ': an inspection cannot correct itself', '：巡查不能更正自身'),
      ('inspections_depth_metres_check', 'must lie between 0 and 12000', '须在 0 至 12000 之间'),
      ('rectifications_number_key', 'is already given to another rectification', '已用于另一项整改'),
      ('rectifications_cost_check', 'must be 0 or more and finite', '须为有限的非负数'),
      ('visit_rhythm_noon_from_check', 'is a minute of the day, 0 to 1440', '须为一天中的分钟数（0 至 1440）'),
      ('visit_rhythm_noon_to_check', 'is a minute of the day, 0 to 1440', '须为一天中的分钟数（0 至 1440）'),
      ('visit_rhythm_dusk_from_check', 'is a minute of the day, 0 to 1440', '须为一天中的分钟数（0 至 1440）'),
      ('visit_rhythm_dusk_to_check', 'is a minute of the day, 0 to 1440', '须为一天中的分钟数（0 至 1440）'),
      ('visit_rhythm_check', ': a season and its two rounds are there together or not at all',
       '：季节与两轮巡查时段须同时填写或同时为空'),
      ('photos_sha256_check', 'needs 64 hexadecimal digits', '须为 64 位十六进制数字'),
      ('photos_received_sha256_check', 'needs 64 hexadecimal digits', '须为 64 位十六进制数字'),
      ('photos_print_check', 'needs 64 hexadecimal digits', '须为 64 位十六进制数字'),
      ('uploads_sha256_check', 'needs 64 hexadecimal digits', '须为 64 位十六进制数字'),
      ('uploads_received_sha256_check', 'needs 64 hexadecimal digits', '须为 64 位十六进制数字'),
      ('uploads_stored_sha256_check', 'needs 64 hexadecimal digits', '须为 64 位十六进制数字'),
      ('uploads_print_check', 'needs 64 hexadecimal digits', '须为 64 位十六进制数字'),
      ('uploads_filename_check', 'needs up to 200 characters on one line', '须为 200 个字符以内的单行文字'),
      ('uploads_photo_check', ': an upload has a photo when it is complete, and only then',
       '：上传完成时且仅在完成时有照片'),
      ('uploads_refusal_check', ': an upload that was refused says why, and no other does',
       '：被拒绝的上传须且只有其须说明原因'),
      ('rectifications_description_check', 'needs 1 to 4000 characters, not only blanks',
       '须为 1 至 4000 个字符，不能只有空白'),
      ('rectifications_check', ': who verified it must be another person than who put it right',
       '：复核人与整改人须为不同的人'),
      ('rectifications_check1', ': name either a water or a facility', '：水域与设施须且只能填写一项'),
      -- risk
      ('hazard_risks_check', ': score, level, rule and time are there together or not at all',
       '：分值、等级、规则和时间须同时填写或同时为空'),
      ('hazard_risks_score_check', 'must be 0 or more and finite', '须为有限的非负数'),
      ('hazard_reaches_score_check', 'must be 0 or more and finite', '须为有限的非负数'),
      ('hazard_reaches_ordinal_check', 'counts from 1', '从 1 开始编号'),
      ('risk_level_changes_check', ': the levels before and after must differ', '：前后等级须不同'),
      ('hazard_risks_visits_check', 'must be 0 or more and finite', '须为有限的非负数'),
      ('hazard_risks_deadliness_ratio_check', 'must be 0 or more and finite', '须为有限的非负数'),
      ('hazard_risks_risk_low_check', 'must be 0 or more, and no more than the score', '须不小于 0 且不大于分值'),
      ('hazard_risks_risk_high_check', 'must be finite, and no less than the score', '须为有限数且不小于分值'),
      ('hazard_risks_trips_check', 'needs 16 numbers', '须为 16 个数'),
      ('hazard_risks_trips_together', ': what a rule of trips keeps is there together or not at all',
       '：出行规则的各项须同时填写或同时为空'),
      ('risk_origins_children_check', 'needs 16 numbers', '须为 16 个数'),
      ('risk_origins_pulls_check', 'needs 4 whole numbers', '须为 4 个整数'),
      ('risk_queue_subject_check', ': name a water, a place or where a water lay, not several',
       '：水域、位置与原位置只能填写一项'),
      ('risk_queue_about_check', ': what is about roads or homes names no water and no place',
       '：涉及道路或居住地时不能指定水域或位置'),
      -- roads and ways
      ('road_edges_way_id_segment_key', ': the way has this segment already', '：该道路已有此路段'),
      ('road_edges_geom_check', 'must be a sound line of two positions or more', '须为至少两个点的有效线'),
      ('road_edges_length_metres_check', 'must be 0 or more and finite', '须为有限的非负数'),
      ('way_queue_check', ': the subject is for a water, pupils or a school, and for nothing else',
       '：对象仅在涉及水域、学生或学校时填写'),
      ('way_queue_check1', ': the place is for a school or an origin, and for nothing else',
       '：位置仅在涉及学校或出发点时填写'),
      -- coverage
      ('coverage_runs_beta_check', 'must be more than 0 and finite', '须为有限的正数'),
      -- maps
      ('map_changes_check', ': the four sides of the box are there together or not at all',
       '：范围的四边须同时填写或同时为空'),
      -- accounts
      ('accounts_user_name_check', 'needs 1 to 64 characters, no blanks and no colon', '须为 1 至 64 个字符，不含空白和冒号'),
      ('accounts_user_name_key', 'is already used by another account', '已被其他账户使用'),
      ('grants_time', ': To must be later than From', '：终止时间须晚于起始时间'),
      ('sessions_ended_together', ': when it ended and why are there together or not at all',
          '：结束时间与原因须同时填写或同时为空'),
      ('tokens_of_a_session', ': tokens of a log-in, and only they, name its session',
          '：登录令牌须注明会话，其他令牌不得注明'),
      ('tokens_spent', ': only a refresh token gives way to another', '：只有刷新令牌可被换用'),
      ('tokens_of_a_key', ': a key, and only a key, has a name and may have an area', '：只有密钥有名称，并可限定辖区'),
      -- the audit
      ('audit_entries_number_key', 'is already the number of another entry', '已是其他审计记录的序号'),
      ('audit_entries_sealed_together', ': the number and the two hashes are there together or not at all',
       '：序号与两个校验值须同时填写或同时为空')),
    -- what a reference names, by the table it refers to
    named (its_table, en, zh) as (values
      ('register.divisions', 'a division', '行政区划'), ('register.hazards', 'a water', '水域'),
      ('register.facilities', 'a facility', '设施'), ('register.people', 'a person', '人员'),
      ('register.inspections', 'an inspection', '巡查记录'),
      ('register.rectifications', 'a rectification', '整改记录'), ('register.photos', 'a photo', '照片'),
      ('register.coverage_runs', 'a coverage run', '服务覆盖分析'), ('register.hazard_risks', 'a water', '水域'),
      ('account.accounts', 'an account', '账户'), ('account.sessions', 'a session', '登录会话'),
      ('account.second_factors', 'a second factor', '动态码')),
    ours as (
      select c.oid, c.conname as name, c.conrelid::regclass as its_table, c.confrelid, c.contype, pg_get_constraintdef(c.oid) as said
      from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      where n.nspname in ('register', 'account', 'journal') and c.contype in ('c', 'u', 'f', 'x')),
    -- the words, the number of characters or bytes that a check names
    measured as (
      select o.*, array_to_string(array(select m[1] from regexp_matches(o.said, '''([^'']+)''::text', 'g') m), ', ') as words,
             substring(o.said from 'length\(\w+\) <= (\d+)') as most,
             substring(o.said from '^CHECK \(\(length\(\w+\) = (\d+)\)\)$') as bytes
      from ours o),
    kinds as (
      select m.oid, m.name, m.its_table,
        case
          when m.contype = 'f' then format('names %s that is not there', n.en)
          when m.said like '%register.is_in_calendar(%' then 'lies outside the calendar, 0001-01-01 to 9999-12-31'
          when m.said like '%register.is_word(%' then 'needs one word: no blanks, line breaks or characters that cannot be seen'
          when m.said like '%register.is_line(%' then
            'needs something that can be seen, on one line: no tabs, line breaks or other control characters'
          when m.said like '%register.is_prose(%' then
            'needs something that can be seen, without control characters other than tabs and line breaks'
          when m.said like 'CHECK (register.is_sound(%' or m.said like '%st_isvalid(%' then
            'must be a sound shape: two-dimensional, not empty, not crossing itself'
          when m.said ~ '^CHECK \(\(\w+ = (ANY \(ARRAY\[|'')' then 'must be one of ' || m.words
          when m.most is not null then format('may have %s characters', m.most)
          when m.bytes is not null then format('needs %s bytes', m.bytes)
          when m.said ~ '^CHECK \(+\w+ >= \(0\)::double precision\) AND \(\w+ <= \(1\)' then 'must lie between 0 and 1'
          when m.said ~ '^CHECK \(\(\w+ >= \(?0' then 'cannot be negative'
          when m.said ~ '^CHECK \(\(\w+ > \(?0' then 'must be more than 0'
          when m.said = 'CHECK (is_only)' then 'has one row only' end as en,
        case
          when m.contype = 'f' then format('所指%s不存在', n.zh)
          when m.said like '%register.is_in_calendar(%' then '超出日期范围（0001-01-01 至 9999-12-31）'
          when m.said like '%register.is_word(%' then '应为一个词：不能有空格、换行或不可见字符'
          when m.said like '%register.is_line(%' then
            '应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符'
          when m.said like '%register.is_prose(%' then
            '应为可见文字：不能只有空白，除制表符和换行外不能有控制字符'
          when m.said like 'CHECK (register.is_sound(%' or m.said like '%st_isvalid(%' then
            '须为有效图形：二维、非空、不自相交'
          when m.said ~ '^CHECK \(\(\w+ = (ANY \(ARRAY\[|'')' then '须为以下之一：' || m.words
          when m.most is not null then format('最多 %s 个字符', m.most)
          when m.bytes is not null then format('须为 %s 字节', m.bytes)
          when m.said ~ '^CHECK \(+\w+ >= \(0\)::double precision\) AND \(\w+ <= \(1\)' then '须在 0 至 1 之间'
          when m.said ~ '^CHECK \(\(\w+ >= \(?0' then '不能为负数'
          when m.said ~ '^CHECK \(\(\w+ > \(?0' then '须大于 0'
          when m.said = 'CHECK (is_only)' then '只能有一行' end as zh
      from measured m left join named n on n.its_table::regclass = m.confrelid)
    select k.its_table, k.name, coalesce(t.en, k.en) || ' / ' || coalesce(t.zh, k.zh) as sentence
    from kinds k left join told t on t.name = k.name
    where obj_description(k.oid, 'pg_constraint') is distinct from coalesce(t.en, k.en) || ' / ' || coalesce(t.zh, k.zh)
    order by k.its_table::text, k.name
  loop
    execute format('comment on constraint %I on %s is %L', broken.name, broken.its_table, broken.sentence);
  end loop;
end $$;
