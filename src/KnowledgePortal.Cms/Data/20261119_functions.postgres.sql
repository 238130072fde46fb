-- What statements take for granted, under the names that SQLite gives it.
create function instr(text, text) returns bigint language sql immutable parallel safe as $$ select strpos($1, $2)::bigint $$;

create function group_concat_next(text, text, text) returns text language sql immutable parallel safe as
  $$ select case when $2 is null then $1 when $1 is null then $2 else $1 || coalesce($3, '') || $2 end $$;
create aggregate group_concat(text, text) (sfunc = group_concat_next, stype = text);

-- Members by name only: '$.Part.Member'. A document that PostgreSQL will not read, such as one with an escaped zero, has none.
create function json_extract(document text, path text) returns text language plpgsql immutable as $$
begin
  return document::json #>> string_to_array(substr(path, 3), '.');
exception when others then
  return null;
end $$;

-- What PostgresText makes of a cast to numeric: text that is no number, which anybody may have imported, is none instead of failing the statement.
create function number_of(text) returns double precision language plpgsql immutable as $$
begin
  return $1::double precision;
exception when others then
  return null;
end $$;

-- Names of recipe steps compare in any case.
create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
