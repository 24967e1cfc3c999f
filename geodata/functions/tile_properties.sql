-- What a request asks for besides a layer's own attributes: columns and the names to give them, {"owner_unit": "OwnerUnit"}; null:
-- nothing. The service sets it for the transaction, of properties that the caller may read.
create function tiles.asked_properties() returns jsonb
language sql stable parallel safe as $$ select nullif(current_setting('tiles.properties', true), '')::jsonb $$;

-- The asked columns of a row, under their names: st_asmvt makes an attribute of each.
create function tiles.properties_of(entity jsonb, asked jsonb) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_object_agg(a.value, entity -> a.key) filter (where jsonb_typeof(entity -> a.key) <> 'null') from jsonb_each_text(asked) a
$$;
