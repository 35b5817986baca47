CREATE SCHEMA IF NOT EXISTS atoll_sql;

-- Division: by zero is an error in Redshift and NULL in DuckDB; NULL by zero is
-- NULL in both. Integers and unscaled decimals truncate towards zero. The second
-- form of each writes its arguments once.
CREATE OR REPLACE MACRO atoll_sql.int_div(a, b) AS CASE WHEN b = 0 AND a IS NOT NULL THEN error('division by zero') ELSE a // b END;

CREATE OR REPLACE MACRO atoll_sql.int_div_once(a, b) AS list_transform([{'a': a, 'b': b}], lambda v: CASE WHEN v.b = 0 AND v.a IS NOT NULL THEN error('division by zero') ELSE v.a // v.b END)[1];

CREATE OR REPLACE MACRO atoll_sql.float_div(a, b) AS CASE WHEN b = 0 AND a IS NOT NULL THEN error('division by zero') ELSE a / b END;

CREATE OR REPLACE MACRO atoll_sql.float_div_once(a, b) AS list_transform([{'a': a, 'b': b}], lambda v: CASE WHEN v.b = 0 AND v.a IS NOT NULL THEN error('division by zero') ELSE v.a / v.b END)[1];

CREATE OR REPLACE MACRO atoll_sql.modulo(a, b) AS CASE WHEN b = 0 AND a IS NOT NULL THEN error('division by zero') ELSE a % b END;

CREATE OR REPLACE MACRO atoll_sql.modulo_once(a, b) AS list_transform([{'a': a, 'b': b}], lambda v: CASE WHEN v.b = 0 AND v.a IS NOT NULL THEN error('division by zero') ELSE v.a % v.b END)[1];

-- Results of floating-point operations: too large is an error in Redshift and
-- infinite in DuckDB. The second form writes its argument once.
CREATE OR REPLACE MACRO atoll_sql.finite(x, inputs) AS CASE WHEN NOT isfinite(x) AND inputs THEN error('the result of a floating-point operation is out of range: it is no finite number') ELSE x END;

CREATE OR REPLACE MACRO atoll_sql.finite_once(x) AS list_transform([x], lambda v: CASE WHEN NOT isfinite(v) THEN error('the result of a floating-point operation is out of range: it is no finite number') ELSE v END)[1];

-- Aggregates whose result is too large for its type. Their argument is written
-- once: it may be a window.
CREATE OR REPLACE MACRO atoll_sql.within(x, most) AS list_transform([x], lambda v: CASE WHEN abs(v) > most THEN error('the sum ' || v || ' has more than 38 digits') ELSE v END)[1];

CREATE OR REPLACE MACRO atoll_sql.listagg(x) AS list_transform([x], lambda v: CASE WHEN strlen(v) > 65535 THEN error('the list that LISTAGG makes has ' || strlen(v) || ' bytes, more than 65535') ELSE v END)[1];

-- Shifts within 32 or 64 bits, by places modulo their number.
CREATE OR REPLACE MACRO atoll_sql.wrapped(x, bits) AS CASE WHEN bits = 64 THEN CAST(CASE WHEN x >= CAST(9223372036854775808 AS HUGEINT) THEN x - CAST(18446744073709551616 AS HUGEINT) ELSE x END AS BIGINT) ELSE CAST(CASE WHEN x >= 2147483648 THEN x - 4294967296 ELSE x END AS BIGINT) END;

CREATE OR REPLACE MACRO atoll_sql.shift_left(x, n, bits) AS atoll_sql.wrapped((CAST(x AS HUGEINT) & (CASE WHEN bits = 64 THEN CAST(18446744073709551615 AS HUGEINT) ELSE 4294967295 END >> (n & (bits - 1)))) << (n & (bits - 1)), bits);

CREATE OR REPLACE MACRO atoll_sql.shift_right(x, n, bits) AS x >> (n & (bits - 1));

-- Long division in 64 bits, with one, two or three further groups of digits; t1,
-- t2 and t3 are ten to the digits of each group.
CREATE OR REPLACE MACRO atoll_sql.long_div_1(a, b, t1) AS CASE WHEN b = 0 AND a IS NOT NULL THEN error('division by zero') ELSE CAST(a // b AS HUGEINT) * t1 + CAST((a % b * t1) // b AS HUGEINT) END;

CREATE OR REPLACE MACRO atoll_sql.long_div_2(a, b, t1, t2) AS CASE WHEN b = 0 AND a IS NOT NULL THEN error('division by zero') ELSE CAST(a // b AS HUGEINT) * t1 * t2 + CAST((a % b * t1) // b AS HUGEINT) * t2 + CAST((a % b * t1 % b * t2) // b AS HUGEINT) END;

CREATE OR REPLACE MACRO atoll_sql.long_div_3(a, b, t1, t2, t3) AS CASE WHEN b = 0 AND a IS NOT NULL THEN error('division by zero') ELSE CAST(a // b AS HUGEINT) * t1 * t2 * t3 + CAST((a % b * t1) // b AS HUGEINT) * t2 * t3 + CAST((a % b * t1 % b * t2) // b AS HUGEINT) * t3 + CAST((a % b * t1 % b * t2 % b * t3) // b AS HUGEINT) END;

-- The average of integers from their sum and number, in 64 bits where it fits.
CREATE OR REPLACE MACRO atoll_sql.average(s, n) AS CASE WHEN TRY_CAST(s AS BIGINT) IS NOT NULL THEN CAST(s AS BIGINT) // n ELSE CAST(s // n AS BIGINT) END;

-- The integer that a decimal stores: its digits. Multiplying by the power of ten
-- would overflow for decimals of many places.
CREATE OR REPLACE MACRO atoll_sql.unscaled(x) AS CAST(replace(CAST(x AS VARCHAR), '.', '') AS HUGEINT);

-- Text to numbers: Redshift takes blanks around digits, a sign, and for numbers
-- that are not integers a point and an exponent; DuckDB takes more. TRY_CAST asks
-- the same without the error.
CREATE OR REPLACE MACRO atoll_sql.is_integer(x) AS regexp_full_match(x, '\s*[+-]?[0-9]+\s*');

CREATE OR REPLACE MACRO atoll_sql.integer_text(x) AS CASE WHEN x IS NULL OR atoll_sql.is_integer(x) THEN trim(x, E' \t\n\r') ELSE error('invalid input syntax for integer: "' || x || '"') END;

CREATE OR REPLACE MACRO atoll_sql.is_number(x) AS regexp_full_match(x, '\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*');

CREATE OR REPLACE MACRO atoll_sql.number_text(x) AS CASE WHEN x IS NULL OR atoll_sql.is_number(x) THEN trim(x, E' \t\n\r') ELSE error('invalid input syntax for type numeric: "' || x || '"') END;

CREATE OR REPLACE MACRO atoll_sql.try_boolean(x) AS CASE WHEN lower(trim(x)) IN ('t', 'tr', 'tru', 'true', 'y', 'ye', 'yes', '1', 'on') THEN true WHEN lower(trim(x)) IN ('f', 'fa', 'fal', 'fals', 'false', 'n', 'no', '0', 'off', 'of') THEN false END;

CREATE OR REPLACE MACRO atoll_sql.text_boolean(x) AS CASE WHEN x IS NULL THEN NULL WHEN atoll_sql.try_boolean(x) IS NOT NULL THEN atoll_sql.try_boolean(x) ELSE error('invalid input syntax for type boolean: "' || x || '"') END;

-- Text to dates and timestamps: the forms of "Date, time, and timestamp literals".
CREATE OR REPLACE MACRO atoll_sql.try_timestamp(x) AS COALESCE(TRY_CAST(trim(x) AS TIMESTAMP), try_strptime(trim(x), ['%Y%m%d', '%Y%m%d %H:%M:%S.%f', '%Y%m%d %H:%M:%S', '%m/%d/%Y', '%m/%d/%Y %H:%M:%S.%f', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m-%d-%Y', '%m-%d-%Y %H:%M:%S.%f', '%m-%d-%Y %H:%M:%S', '%d-%b-%Y', '%d-%b-%Y %H:%M:%S', '%b-%d-%Y', '%b %d, %Y', '%B %d, %Y', '%b %d, %Y %H:%M:%S']));

CREATE OR REPLACE MACRO atoll_sql.text_timestamp(x) AS CASE WHEN x IS NULL THEN NULL ELSE COALESCE(atoll_sql.try_timestamp(x), error('invalid date or timestamp: "' || x || '"')) END;

CREATE OR REPLACE MACRO atoll_sql.text_time(x) AS CASE WHEN x IS NULL THEN NULL ELSE COALESCE(TRY_CAST(trim(x) AS TIME), CAST(TRY_CAST(trim(x) AS TIMESTAMP) AS TIME), error('invalid time: "' || x || '"')) END;

-- Numbers to text: 15 significant digits for DOUBLE PRECISION and 6 for REAL, as
-- with extra_float_digits = 0.
CREATE OR REPLACE MACRO atoll_sql.double_text(x) AS CASE WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END ELSE printf('%.15g', CAST(x AS DOUBLE)) END;

CREATE OR REPLACE MACRO atoll_sql.real_text(x) AS CASE WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END ELSE printf('%.6g', CAST(x AS DOUBLE)) END;

-- The longest prefix of whole characters that fits n bytes: VARCHAR(n) counts bytes. A lambda takes no
-- subquery, so that x stands outside of it.
CREATE OR REPLACE MACRO atoll_sql.cut(x, n) AS CASE WHEN strlen(x) <= n THEN x WHEN strlen(x) = length(x) THEN left(x, n) ELSE list_transform([x], lambda v: left(v, len(list_filter(range(1, length(v) + 1), lambda i: strlen(left(v, i)) <= n))))[1] END;

CREATE OR REPLACE MACRO atoll_sql.compare(a, b) AS CAST(CASE WHEN a < b THEN -1 WHEN a > b THEN 1 WHEN a = b THEN 0 END AS INTEGER);

-- Strings.
CREATE OR REPLACE MACRO atoll_sql.substring_to(x, a, n) AS CASE WHEN n < 0 THEN error('negative substring length not allowed') WHEN a > 0 THEN substring(x, a, n) WHEN n + a > 1 THEN substring(x, 1, n + a - 1) WHEN x IS NOT NULL AND n + a IS NOT NULL THEN '' END;

CREATE OR REPLACE MACRO atoll_sql.substring_from(x, a) AS CASE WHEN a < 1 THEN x ELSE substring(x, a) END;

CREATE OR REPLACE MACRO atoll_sql.split_part(x, d, n) AS CASE WHEN n <= 0 THEN error('field position must be greater than zero') WHEN d = '' THEN CASE WHEN n = 1 THEN x WHEN x IS NOT NULL THEN '' END ELSE split_part(x, d, n) END;

CREATE OR REPLACE MACRO atoll_sql.chr(n) AS CASE WHEN n < 0 OR n > 1114111 THEN error('there is no character ' || n || ': CHR takes a code point of Unicode') ELSE chr(CAST(n AS INTEGER)) END;

CREATE OR REPLACE MACRO atoll_sql.left_end(x, n) AS CASE WHEN n < 0 THEN error('LEFT takes ' || n || ' characters: it must be 0 or more') ELSE left(x, n) END;

CREATE OR REPLACE MACRO atoll_sql.right_end(x, n) AS CASE WHEN n < 0 THEN error('RIGHT takes ' || n || ' characters: it must be 0 or more') ELSE right(x, n) END;

CREATE OR REPLACE MACRO atoll_sql.lpad(x, n, pad) AS CASE WHEN pad = '' THEN left(x, CASE WHEN n < 0 THEN 0 ELSE n END) ELSE lpad(x, n, pad) END;

CREATE OR REPLACE MACRO atoll_sql.rpad(x, n, pad) AS CASE WHEN pad = '' THEN left(x, CASE WHEN n < 0 THEN 0 ELSE n END) ELSE rpad(x, n, pad) END;

-- The engine keeps accents that are characters of their own with their letters.
CREATE OR REPLACE MACRO atoll_sql.reverse(x) AS CASE WHEN strlen(x) = length(x) THEN reverse(x) ELSE atoll_reverse(x) END;

CREATE OR REPLACE MACRO atoll_sql.initcap(x) AS CASE WHEN x IS NULL THEN NULL ELSE COALESCE(list_aggregate(list_transform(regexp_extract_all(lower(x), '[\p{L}\p{N}]+|[^\p{L}\p{N}]+'), lambda w: upper(w[1]) || w[2:]), 'string_agg', ''), '') END;

-- Dates. Adding years to 29 February gives 1 March in other years, adding months
-- gives 28 February ("DATEADD function", usage notes).
CREATE OR REPLACE MACRO atoll_sql.add_years(n, t) AS CASE WHEN month(t) = 2 AND day(t) = 29 AND day(t + to_years(n)) = 28 THEN t + to_years(n) + to_days(1) ELSE t + to_years(n) END;

CREATE OR REPLACE MACRO atoll_sql.add_months(t, n) AS CASE WHEN CAST(t AS DATE) = last_day(t) THEN last_day(t + to_months(n)) + CAST(t AS TIME) ELSE t + to_months(n) END;

CREATE OR REPLACE MACRO atoll_sql.months_between(a, b) AS (year(a) - year(b)) * 12 + (month(a) - month(b)) + CASE WHEN day(a) = day(b) OR (CAST(a AS DATE) = last_day(a) AND CAST(b AS DATE) = last_day(b)) THEN CAST(0 AS DOUBLE) ELSE (epoch(a - date_trunc('month', a)) - epoch(b - date_trunc('month', b))) / CAST(2678400 AS DOUBLE) END;

-- The Mondays from one time to another.
CREATE OR REPLACE MACRO atoll_sql.week_diff(a, b) AS date_diff('day', date_trunc('week', a), date_trunc('week', b)) // 7;

-- Centuries and millennia begin with the year 1, 101, 1001.
CREATE OR REPLACE MACRO atoll_sql.trunc_years(t, n) AS date_trunc('year', t) - to_years(CAST((year(t) - 1) % n AS INTEGER));

-- The day of the week by its name or one of its abbreviations, Sunday is 0.
CREATE OR REPLACE MACRO atoll_sql.weekday(name) AS CASE WHEN lower(trim(name)) IN ('su', 'sun', 'sunday') THEN 0 WHEN lower(trim(name)) IN ('m', 'mo', 'mon', 'monday') THEN 1 WHEN lower(trim(name)) IN ('tu', 'tue', 'tues', 'tuesday') THEN 2 WHEN lower(trim(name)) IN ('w', 'we', 'wed', 'wednesday') THEN 3 WHEN lower(trim(name)) IN ('th', 'thu', 'thurs', 'thursday') THEN 4 WHEN lower(trim(name)) IN ('f', 'fr', 'fri', 'friday') THEN 5 WHEN lower(trim(name)) IN ('sa', 'sat', 'saturday') THEN 6 WHEN name IS NOT NULL THEN error('"' || name || '" is no day of the week: write one such as Tuesday or Tu') END;

CREATE OR REPLACE MACRO atoll_sql.next_day(d, name) AS d + CAST((atoll_sql.weekday(name) - dayofweek(d) + 6) % 7 + 1 AS INTEGER);

-- JSON. The engine also takes commas before a closing bracket, NaN and Infinity:
-- text that may have them is looked at again.
CREATE OR REPLACE MACRO atoll_sql.valid_json(x) AS CASE WHEN json_valid(x) AND (regexp_matches(x, ',\s*[]}]') OR contains(lower(x), 'nan') OR contains(lower(x), 'inf')) THEN atoll_json_valid(x) ELSE json_valid(x) END;

-- An element that is not there is NULL; text that is not JSON is an error unless
-- null_if_invalid is true. The engine writes numbers in a form of its own: zeros at
-- the end, exponents and what is longer than DOUBLE go another way.
CREATE OR REPLACE MACRO atoll_sql.json_go_path(x, names, null_if_invalid) AS CASE WHEN x IS NULL THEN NULL WHEN atoll_sql.valid_json(x) THEN atoll_json_path(x, CAST(names AS VARCHAR)) WHEN null_if_invalid THEN NULL ELSE error('JSON parsing error: "' || x || '"') END;

CREATE OR REPLACE MACRO atoll_sql.json_path(x, path, names, null_if_invalid) AS CASE WHEN x IS NULL THEN NULL WHEN atoll_sql.valid_json(x) THEN CASE WHEN json_type(x, path) IN ('DOUBLE', 'OBJECT', 'ARRAY') AND regexp_matches(x, '\.[0-9]*0([^0-9]|$)|\.0000|[0-9][eE]|[0-9.]{16}') THEN atoll_json_path(x, CAST(names AS VARCHAR)) ELSE json_extract_string(x, path) END WHEN null_if_invalid THEN NULL ELSE error('JSON parsing error: "' || x || '"') END;

CREATE OR REPLACE MACRO atoll_sql.json_element(x, i, null_if_invalid) AS CASE WHEN x IS NULL OR i IS NULL THEN NULL WHEN CASE WHEN atoll_sql.valid_json(x) THEN json_type(x) = 'ARRAY' ELSE false END THEN atoll_json_element(x, i) WHEN null_if_invalid THEN NULL ELSE error('invalid JSON array: "' || x || '"') END;

CREATE OR REPLACE MACRO atoll_sql.json_length(x, null_if_invalid) AS CAST(CASE WHEN x IS NULL THEN NULL WHEN CASE WHEN atoll_sql.valid_json(x) THEN json_type(x) = 'ARRAY' ELSE false END THEN json_array_length(x) WHEN null_if_invalid THEN NULL ELSE error('invalid JSON array: "' || x || '"') END AS INTEGER);

CREATE OR REPLACE MACRO atoll_sql.json_of(x, kind) AS CASE WHEN x IS NULL THEN NULL WHEN atoll_sql.valid_json(x) THEN json_type(x) = kind ELSE false END;

-- SUPER is held as JSON text, without blanks between its parts.
CREATE OR REPLACE MACRO atoll_sql.compact(x) AS CASE WHEN regexp_matches(x, '\s') THEN atoll_json_compact(x) ELSE x END;

CREATE OR REPLACE MACRO atoll_sql.json_text(x) AS atoll_sql.compact(CAST(x AS VARCHAR));

CREATE OR REPLACE MACRO atoll_sql.json_parse(x) AS CASE WHEN x IS NULL THEN NULL WHEN atoll_sql.valid_json(x) THEN CAST(atoll_sql.compact(x) AS JSON) ELSE error('JSON parsing error: "' || x || '"') END;

CREATE OR REPLACE MACRO atoll_sql.element(x, i) AS CASE WHEN i >= 0 THEN json_extract(x, '$[' || i || ']') END;

CREATE OR REPLACE MACRO atoll_sql.length_of_array(x) AS CAST(CASE WHEN json_type(x) = 'ARRAY' THEN json_array_length(x) END AS INTEGER);

CREATE OR REPLACE MACRO atoll_sql.number_of_attributes(x) AS CAST(CASE WHEN json_type(x) = 'OBJECT' THEN len(json_keys(x)) END AS INTEGER);

-- The type of a SUPER value, by its JSON: a number without an exponent is a decimal,
-- and an integer of the type that its digits fit. NULL is of no type.
CREATE OR REPLACE MACRO atoll_sql.is_char(x) AS COALESCE(json_type(x) = 'VARCHAR' AND strlen(json_extract_string(x, '$')) = length(json_extract_string(x, '$')), false);

CREATE OR REPLACE MACRO atoll_sql.json_number(x) AS CASE WHEN json_type(x) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN CAST(x AS VARCHAR) END;

CREATE OR REPLACE MACRO atoll_sql.json_whole(x) AS CASE WHEN json_type(x) IN ('UBIGINT', 'BIGINT') THEN CAST(x AS VARCHAR) END;

CREATE OR REPLACE MACRO atoll_sql.is_json_smallint(x) AS TRY_CAST(atoll_sql.json_whole(x) AS SMALLINT) IS NOT NULL;

CREATE OR REPLACE MACRO atoll_sql.is_json_integer(x) AS TRY_CAST(atoll_sql.json_whole(x) AS INTEGER) IS NOT NULL;

CREATE OR REPLACE MACRO atoll_sql.is_json_bigint(x) AS TRY_CAST(atoll_sql.json_whole(x) AS BIGINT) IS NOT NULL;

CREATE OR REPLACE MACRO atoll_sql.is_json_decimal(x) AS COALESCE(NOT contains(lower(atoll_sql.json_number(x)), 'e'), false);

CREATE OR REPLACE MACRO atoll_sql.is_json_float(x) AS COALESCE(contains(lower(atoll_sql.json_number(x)), 'e'), false);

CREATE OR REPLACE MACRO atoll_sql.json_scale(x) AS CAST(CASE WHEN atoll_sql.is_json_decimal(x) THEN length(split_part(CAST(x AS VARCHAR), '.', 2)) END AS INTEGER);

CREATE OR REPLACE MACRO atoll_sql.json_precision(x) AS CAST(CASE WHEN atoll_sql.is_json_decimal(x) THEN greatest(length(ltrim(split_part(CAST(x AS VARCHAR), '.', 1), '-0')) + atoll_sql.json_scale(x), 1) END AS INTEGER);

CREATE OR REPLACE MACRO atoll_sql.json_typeof(x) AS CASE json_type(x) WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'boolean' WHEN 'NULL' THEN 'null' WHEN NULL THEN NULL ELSE 'number' END;
