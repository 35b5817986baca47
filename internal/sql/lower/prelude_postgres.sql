CREATE SCHEMA IF NOT EXISTS atoll_sql;

-- Text compares byte by byte in Redshift. A database that compares it by the
-- rules of a language would give other orders, groups and extremes.
DO $$
DECLARE
  found text := (SELECT datcollate FROM pg_database WHERE datname = current_database());
BEGIN
  IF found NOT IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8') THEN
    RAISE EXCEPTION 'the database compares text by the rules of "%", and Atoll needs the order of bytes', found
      USING HINT = 'create the database with LC_COLLATE ''C'' and LC_CTYPE ''C.UTF-8''';
  END IF;
END $$;

-- An error where a value is wanted. It is volatile, or the planner would raise it
-- for a branch of CASE that is never taken.
CREATE OR REPLACE FUNCTION atoll_sql.error(message text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', message USING ERRCODE = 'data_exception'; END $$;

-- Division of decimals, cut at so many places, not rounded. The whole quotient is
-- given the places before it is divided, or PostgreSQL would keep fewer.
CREATE OR REPLACE FUNCTION atoll_sql.div_decimal(a numeric, b numeric, places integer) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN round(div(a * power(numeric '10', places), b), places) / power(numeric '10', places);

-- The average of integers, cut, and NULL for a group without values.
CREATE OR REPLACE FUNCTION atoll_sql.average(total numeric, n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CAST(div(total, nullif(n, 0)) AS bigint);

-- Doubles are rounded away from zero at five, in the 15 digits that they hold.
CREATE OR REPLACE FUNCTION atoll_sql.round_double(x double precision, places integer) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE WHEN abs(x) < 1e15 THEN CAST(round(CAST(x AS numeric), places) AS double precision) ELSE x END;

CREATE OR REPLACE FUNCTION atoll_sql.trunc_double(x double precision, places integer) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE WHEN abs(x) < 1e15 THEN CAST(trunc(CAST(x AS numeric), places) AS double precision) ELSE x END;

-- Text to numbers: blanks around digits, a sign, and for numbers that are not
-- integers a point and an exponent; PostgreSQL takes more.
CREATE OR REPLACE FUNCTION atoll_sql.is_integer(x text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN x ~ '^\s*[+-]?[0-9]+\s*$';

CREATE OR REPLACE FUNCTION atoll_sql.integer_text(x text) RETURNS text LANGUAGE sql PARALLEL SAFE RETURN CASE WHEN x IS NULL OR atoll_sql.is_integer(x) THEN btrim(x, E' \t\n\r') ELSE atoll_sql.error('invalid input syntax for integer: "' || x || '"') END;

CREATE OR REPLACE FUNCTION atoll_sql.is_number(x text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN x ~ '^\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$';

CREATE OR REPLACE FUNCTION atoll_sql.number_text(x text) RETURNS text LANGUAGE sql PARALLEL SAFE RETURN CASE WHEN x IS NULL OR atoll_sql.is_number(x) THEN btrim(x, E' \t\n\r') ELSE atoll_sql.error('invalid input syntax for type numeric: "' || x || '"') END;

-- Text to dates and timestamps, without the words that mean another time on
-- another day.
CREATE OR REPLACE FUNCTION atoll_sql.is_timestamp(x text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN x !~* '(now|today|tomorrow|yesterday|epoch|infinity)';

CREATE OR REPLACE FUNCTION atoll_sql.text_timestamp(x text) RETURNS timestamp LANGUAGE sql PARALLEL SAFE RETURN CAST(CASE WHEN x IS NULL OR atoll_sql.is_timestamp(x) THEN x ELSE atoll_sql.error('invalid date or timestamp: "' || x || '"') END AS timestamp);

-- A value if it converts to a type, named as in CAST, and NULL if not.
CREATE OR REPLACE FUNCTION atoll_sql.castable(x anyelement, type text) RETURNS anyelement LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  EXECUTE 'SELECT CAST($1 AS ' || type || ')' USING x;
  RETURN x;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;

-- Numbers to text: 15 significant digits for DOUBLE PRECISION and 6 for REAL.
CREATE OR REPLACE FUNCTION atoll_sql.double_text(x double precision) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE SET extra_float_digits = 0 RETURN CAST(x AS text);

CREATE OR REPLACE FUNCTION atoll_sql.real_text(x real) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE SET extra_float_digits = 0 RETURN CAST(x AS text);

-- The longest prefix of whole characters that fits n bytes: VARCHAR(n) counts bytes.
CREATE OR REPLACE FUNCTION atoll_sql.cut(x text, n integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE WHEN octet_length(x) <= n THEN x WHEN octet_length(x) = length(x) THEN left(x, n) ELSE left(x, CAST((SELECT count(*) FROM generate_series(1, length(x)) AS i WHERE octet_length(left(x, i)) <= n) AS integer)) END;

CREATE OR REPLACE FUNCTION atoll_sql.compare(a anycompatible, b anycompatible) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT CASE WHEN $1 < $2 THEN -1 WHEN $1 > $2 THEN 1 WHEN $1 = $2 THEN 0 END';

-- Strings.
CREATE OR REPLACE FUNCTION atoll_sql.left_end(x text, n integer) RETURNS text LANGUAGE sql PARALLEL SAFE RETURN CASE WHEN n < 0 THEN atoll_sql.error('LEFT takes ' || n || ' characters: it must be 0 or more') ELSE left(x, n) END;

CREATE OR REPLACE FUNCTION atoll_sql.right_end(x text, n integer) RETURNS text LANGUAGE sql PARALLEL SAFE RETURN CASE WHEN n < 0 THEN atoll_sql.error('RIGHT takes ' || n || ' characters: it must be 0 or more') ELSE right(x, n) END;

CREATE OR REPLACE FUNCTION atoll_sql.split_part(x text, d text, n bigint) RETURNS text LANGUAGE sql PARALLEL SAFE RETURN CASE WHEN n <= 0 THEN atoll_sql.error('field position must be greater than zero') ELSE split_part(x, d, CAST(n AS integer)) END;

CREATE OR REPLACE FUNCTION atoll_sql.strtol(x text, base bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  parts text[] := regexp_match(lower(x), '^\s*([+-]?)(0x(?=.))?(.+)$');
  digits text := CASE WHEN base = 16 THEN '' ELSE coalesce(parts[2], '') END || parts[3];
  digit integer;
  total numeric := 0;
BEGIN
  IF base NOT BETWEEN 2 AND 36 THEN
    RAISE EXCEPTION 'the base of STRTOL is %: it must be 2 to 36', base USING ERRCODE = 'data_exception';
  END IF;
  IF digits IS NULL THEN
    RAISE EXCEPTION 'the input "%" is not valid in base %', x, base USING ERRCODE = 'data_exception';
  END IF;
  FOR i IN 1 .. length(digits) LOOP
    digit := strpos('0123456789abcdefghijklmnopqrstuvwxyz', substr(digits, i, 1)) - 1;
    IF digit < 0 OR digit >= base THEN
      RAISE EXCEPTION 'the input "%" is not valid in base %', x, base USING ERRCODE = 'data_exception';
    END IF;
    total := CASE parts[1] WHEN '-' THEN total * base - digit ELSE total * base + digit END;
  END LOOP;
  IF total NOT BETWEEN -9223372036854775808 AND 9223372036854775807 THEN
    RAISE EXCEPTION 'the input "%" is out of the range of BIGINT in base %', x, base USING ERRCODE = 'data_exception';
  END IF;
  RETURN total;
END $$;

-- Dates. Adding years to 29 February gives 1 March in other years, adding months
-- gives 28 February ("DATEADD function", usage notes).
CREATE OR REPLACE FUNCTION atoll_sql.add_years(n integer, t timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN t + n * interval '1 year' + CASE WHEN extract(month FROM t) = 2 AND extract(day FROM t) = 29 AND extract(day FROM t + n * interval '1 year') = 28 THEN interval '1 day' ELSE interval '0 days' END;

CREATE OR REPLACE FUNCTION atoll_sql.last_day(t timestamp) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CAST(date_trunc('month', t) + interval '1 month - 1 day' AS date);

CREATE OR REPLACE FUNCTION atoll_sql.add_months(t timestamp, n integer) RETURNS timestamp LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE WHEN CAST(t AS date) = atoll_sql.last_day(t) THEN atoll_sql.last_day(date_trunc('month', t) + n * interval '1 month') + CAST(t AS time) ELSE t + n * interval '1 month' END;

CREATE OR REPLACE FUNCTION atoll_sql.months_between(a timestamp, b timestamp) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CAST((extract(year FROM a) - extract(year FROM b)) * 12 + extract(month FROM a) - extract(month FROM b) + CASE WHEN extract(day FROM a) = extract(day FROM b) OR (CAST(a AS date) = atoll_sql.last_day(a) AND CAST(b AS date) = atoll_sql.last_day(b)) THEN 0 ELSE (extract(epoch FROM a - date_trunc('month', a)) - extract(epoch FROM b - date_trunc('month', b))) / 2678400 END AS double precision);

CREATE OR REPLACE FUNCTION atoll_sql.weekday(name text) RETURNS integer LANGUAGE sql VOLATILE RETURN CASE WHEN lower(trim(name)) IN ('su', 'sun', 'sunday') THEN 0 WHEN lower(trim(name)) IN ('m', 'mo', 'mon', 'monday') THEN 1 WHEN lower(trim(name)) IN ('tu', 'tue', 'tues', 'tuesday') THEN 2 WHEN lower(trim(name)) IN ('w', 'we', 'wed', 'wednesday') THEN 3 WHEN lower(trim(name)) IN ('th', 'thu', 'thurs', 'thursday') THEN 4 WHEN lower(trim(name)) IN ('f', 'fr', 'fri', 'friday') THEN 5 WHEN lower(trim(name)) IN ('sa', 'sat', 'saturday') THEN 6 WHEN name IS NOT NULL THEN CAST(atoll_sql.error('"' || name || '" is no day of the week') AS integer) END;

CREATE OR REPLACE FUNCTION atoll_sql.next_day(d date, name text) RETURNS date LANGUAGE sql VOLATILE RETURN d + (atoll_sql.weekday(name) - CAST(extract(dow FROM d) AS integer) + 6) % 7 + 1;

-- A list of LISTAGG has at most 65535 bytes.
CREATE OR REPLACE FUNCTION atoll_sql.listagg(x text) RETURNS text LANGUAGE sql VOLATILE RETURN CASE WHEN octet_length(x) > 65535 THEN atoll_sql.error('the list that LISTAGG makes has ' || octet_length(x) || ' bytes, more than 65535') ELSE x END;

-- The boundaries of a part of time that lie between two times.
CREATE OR REPLACE FUNCTION atoll_sql.date_diff(part text, a timestamp, b timestamp) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE part WHEN 'day' THEN CAST(b AS date) - CAST(a AS date) WHEN 'week' THEN (CAST(date_trunc('week', b) AS date) - CAST(date_trunc('week', a) AS date)) / 7 WHEN 'month' THEN (extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a) WHEN 'quarter' THEN (extract(year FROM b) - extract(year FROM a)) * 4 + extract(quarter FROM b) - extract(quarter FROM a) WHEN 'hour' THEN floor(extract(epoch FROM b) / 3600) - floor(extract(epoch FROM a) / 3600) WHEN 'minute' THEN floor(extract(epoch FROM b) / 60) - floor(extract(epoch FROM a) / 60) WHEN 'second' THEN floor(extract(epoch FROM b)) - floor(extract(epoch FROM a)) WHEN 'millisecond' THEN floor(extract(epoch FROM b) * 1000) - floor(extract(epoch FROM a) * 1000) WHEN 'microsecond' THEN extract(epoch FROM b) * 1000000 - extract(epoch FROM a) * 1000000 ELSE date_part(part, b) - date_part(part, a) END;

-- JSON. An element that is not there is NULL; text that is not JSON is an error
-- unless null_if_invalid is true. Objects and arrays are written without blanks.
CREATE OR REPLACE FUNCTION atoll_sql.json_kind(x text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN json_typeof(CAST(x AS json));
EXCEPTION WHEN data_exception THEN
  RETURN 'invalid';
END $$;

CREATE OR REPLACE FUNCTION atoll_sql.json_text(x json) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN CASE json_typeof(x)
    WHEN 'object' THEN (SELECT '{' || coalesce(string_agg(to_json(key) || ':' || atoll_sql.json_text(value), ',' ORDER BY n), '') || '}' FROM json_each(x) WITH ORDINALITY AS e (key, value, n))
    WHEN 'array' THEN (SELECT '[' || coalesce(string_agg(atoll_sql.json_text(value), ',' ORDER BY n), '') || ']' FROM json_array_elements(x) WITH ORDINALITY AS e (value, n))
    ELSE btrim(CAST(x AS text), E' \t\n\r') END;
END $$;

CREATE OR REPLACE FUNCTION atoll_sql.json_value(x json) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE WHEN json_typeof(x) IN ('object', 'array') THEN atoll_sql.json_text(x) ELSE x #>> '{}' END;

CREATE OR REPLACE FUNCTION atoll_sql.json_of(x text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN atoll_sql.json_kind(x) = kind;

CREATE OR REPLACE FUNCTION atoll_sql.json_valid(x text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN atoll_sql.json_kind(x) <> 'invalid';

CREATE OR REPLACE FUNCTION atoll_sql.json_checked(x text, null_if_invalid boolean) RETURNS json LANGUAGE sql PARALLEL SAFE RETURN CAST(CASE WHEN x IS NULL OR atoll_sql.json_valid(x) THEN x WHEN null_if_invalid THEN NULL ELSE atoll_sql.error('JSON parsing error: "' || x || '"') END AS json);

CREATE OR REPLACE FUNCTION atoll_sql.json_path(x text, path text[], null_if_invalid boolean) RETURNS text LANGUAGE plpgsql PARALLEL SAFE AS $$
DECLARE
  at json := atoll_sql.json_checked(x, null_if_invalid);
  step text;
BEGIN
  FOREACH step IN ARRAY path LOOP
    at := at -> step;
  END LOOP;
  RETURN atoll_sql.json_value(at);
END $$;

CREATE OR REPLACE FUNCTION atoll_sql.json_element(x text, n bigint, null_if_invalid boolean) RETURNS text LANGUAGE sql PARALLEL SAFE RETURN CASE WHEN x IS NULL OR n IS NULL THEN NULL WHEN atoll_sql.json_of(x, 'array') THEN CASE WHEN n >= 0 THEN atoll_sql.json_value(CAST(x AS json) -> CAST(n AS integer)) END WHEN null_if_invalid THEN NULL ELSE atoll_sql.error('invalid JSON array: "' || x || '"') END;

CREATE OR REPLACE FUNCTION atoll_sql.json_length(x text, null_if_invalid boolean) RETURNS integer LANGUAGE sql PARALLEL SAFE RETURN CASE WHEN x IS NULL THEN NULL WHEN atoll_sql.json_of(x, 'array') THEN json_array_length(CAST(x AS json)) WHEN null_if_invalid THEN NULL ELSE CAST(atoll_sql.error('invalid JSON array: "' || x || '"') AS integer) END;

-- SUPER is jsonb.
CREATE OR REPLACE FUNCTION atoll_sql.element(x jsonb, n bigint) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE WHEN n >= 0 THEN x -> CAST(n AS integer) END;

CREATE OR REPLACE FUNCTION atoll_sql.elements(x jsonb) RETURNS SETOF jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT jsonb_array_elements(CASE jsonb_typeof($1) WHEN ''array'' THEN $1 END)';

CREATE OR REPLACE FUNCTION atoll_sql.keys(x jsonb) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT key FROM jsonb_each(CASE jsonb_typeof($1) WHEN ''object'' THEN $1 END)';

CREATE OR REPLACE FUNCTION atoll_sql."values"(x jsonb) RETURNS SETOF jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT value FROM jsonb_each(CASE jsonb_typeof($1) WHEN ''object'' THEN $1 END)';

CREATE OR REPLACE FUNCTION atoll_sql.super_length(x jsonb) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE jsonb_typeof(x) WHEN 'array' THEN jsonb_array_length(x) END;

CREATE OR REPLACE FUNCTION atoll_sql.super_type(x jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE jsonb_typeof(x) WHEN 'string' THEN CASE WHEN octet_length(x #>> '{}') = length(x #>> '{}') THEN 'char' ELSE 'string' END WHEN 'number' THEN CASE WHEN CAST(x AS text) LIKE '%.%' THEN 'number' WHEN CAST(x AS numeric) BETWEEN -32768 AND 32767 THEN 'smallint' WHEN CAST(x AS numeric) BETWEEN -2147483648 AND 2147483647 THEN 'integer' WHEN CAST(x AS numeric) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN 'bigint' ELSE 'number' END ELSE jsonb_typeof(x) END;

-- Positions in lists of values, from either end; outside of them is NULL.
CREATE OR REPLACE FUNCTION atoll_sql.nth(list anyarray, n bigint) RETURNS anyelement LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT $1[$2]';

CREATE OR REPLACE FUNCTION atoll_sql.nth_last(list anyarray, n bigint) RETURNS anyelement LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT $1[cardinality($1) + 1 - $2]';

-- Percentiles of ordered lists. The continuous ones interpolate exactly in the
-- type of the values; a list without values gives NULL.
CREATE OR REPLACE FUNCTION atoll_sql.percentile_disc(list anyarray, at numeric) RETURNS anyelement LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT $1[greatest(ceil($2 * cardinality($1))::integer, 1)]';

CREATE OR REPLACE FUNCTION atoll_sql.percentile_cont(list numeric[], at numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT $1[floor(p)::integer] + ($1[ceil(p)::integer] - $1[floor(p)::integer]) * (p - floor(p)) FROM (SELECT 1 + $2 * (cardinality($1) - 1)) AS row (p)';

CREATE OR REPLACE FUNCTION atoll_sql.percentile_cont(list double precision[], at numeric) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT $1[floor(p)::integer] + ($1[ceil(p)::integer] - $1[floor(p)::integer]) * (p - floor(p))::double precision FROM (SELECT 1 + $2 * (cardinality($1) - 1)) AS row (p)';

CREATE OR REPLACE FUNCTION atoll_sql.percentile_cont(list timestamp[], at numeric) RETURNS timestamp LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT $1[floor(p)::integer] + ($1[ceil(p)::integer] - $1[floor(p)::integer]) * (p - floor(p))::double precision FROM (SELECT 1 + $2 * (cardinality($1) - 1)) AS row (p)';
