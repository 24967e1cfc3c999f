-- Whether a text is one telephone number as people write it: +86 138 1234 5678, (0876) 212-3456, 0876-2123456 转 801, 119.
create function register.is_phone(phone text) returns boolean
language sql immutable strict parallel safe as $$
  select phone ~ '^\+?[(（]?[0-9]([ ()（）-]{0,2}[0-9])*( ?(转|ext\.?|x|#) ?[0-9]{1,6})?$'
     and length(regexp_replace(phone, '[^0-9]', '', 'g')) between 3 and 20
$$;

-- What is shown of it: of 11 digits and more the first three and the last four, of fewer no more than a third (138****5678, ****67).
create function register.masked_phone(phone text) returns text
language sql immutable strict parallel safe as $$
  select case when length(digits) >= 11 then left(digits, 3) || '****' || right(digits, 4)
              else '****' || right(digits, length(digits) / 3) end
  from (select regexp_replace(phone, '[^0-9]', '', 'g') as digits) d
$$;

-- A number that can't be called is no number. Only what is entered anew is held to that: who has an older one can be edited.
create function register.require_phone() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.phone is not distinct from old.phone then return new; end if;
  if register.is_phone(new.phone) is false then
    raise exception 'phone is not one telephone number / 电话不是一个有效的号码'
      using errcode = 'check_violation', schema = 'register', table = 'people', column = 'phone', constraint = 'people_phone_is_a_number';
  end if;
  return new;
end $$;
