--- numbers
SELECT 1, 1.5, .5, 5., 1e10, 1.5E-3, -1, +2, -(-3)

--- strings
SELECT
  '',
  'a',
  'it''s',
  'back\\slash',
  'it''s',
  'tab	here',
  'octal A',
  'new
line',
  'no d escape'

--- strings over lines
SELECT 'one two'

--- dollar quotes
SELECT 'it''s', 'a $$ b\\n'

--- multibyte text
SELECT 'grüße €', 'emoji 🎉'

--- booleans and null
SELECT TRUE, FALSE, NULL

--- typed literals
SELECT
  DATE '2026-01-31',
  TIMESTAMP '2026-01-31 10:00:00',
  TIMESTAMPTZ '2026-01-31 10:00:00+01',
  TIME '10:00',
  TIMETZ '10:00+01',
  TIMESTAMPTZ '2026-01-31',
  INTEGER '5'

--- intervals
SELECT
  INTERVAL '1 day',
  INTERVAL '3' DAY,
  INTERVAL '1-2' YEAR TO MONTH,
  INTERVAL '1 02:03:04.5' DAY TO SECOND(3),
  INTERVAL '5' SECOND(2),
  INTERVAL '-1' HOUR

--- parameters
SELECT $1, $2 + 1

--- arithmetic
SELECT
  1 + 2 * 3 - 4 / 5 % 6,
  (1 + 2) * 3,
  1 - (2 - 3),
  1 - 2 - 3,
  2 ^ 3 ^ 2,
  2 ^ (3 ^ 2)

--- signs
SELECT -a, -(-a), -(a + b), -a ^ 2, -a ^ 2, -(a ^ 2), a - -b

--- comparisons
SELECT a = b, a <> b, a <> b, a < b, a <= b, a > b, a >= b

--- comparisons of comparisons
SELECT (a = b) = (c < d), (a = b) IS TRUE

--- logic
SELECT a AND b OR NOT c AND (d OR e), NOT (a AND b), NOT a = b, NOT NOT a

--- the right side keeps its parentheses
SELECT a AND (b AND c), a OR (b OR c), a OR b OR c

--- strings together
SELECT a || b || 'c', a || (b || c), a || b = c, a <> (b || c)

--- bits
SELECT a & b | c # d, a << 2, b >> 1, ~ a, ~ (a | b)

--- roots
SELECT |/ 25, ||/ 27, @ (-5)

--- regular expressions
SELECT a ~ 'x', a ~* 'x', a !~ 'x', a !~* 'x'

--- is
SELECT
  a IS NULL,
  a IS NOT NULL,
  a IS TRUE,
  a IS NOT FALSE,
  a IS UNKNOWN,
  a IS NULL,
  b IS NOT NULL

--- is of an expression
SELECT a + b IS NULL, (a || b) IS NULL, (a = b) IS NOT TRUE, NOT a IS NULL

--- is distinct from
SELECT
  a IS DISTINCT FROM b,
  a IS NOT DISTINCT FROM b + 1,
  (a OR b) IS DISTINCT FROM NULL

--- between
SELECT a BETWEEN 1 AND 2, a NOT BETWEEN b - 1 AND b + 1, a BETWEEN 1 AND 2 AND c

--- in
SELECT a IN (1, 2, 3), a NOT IN ('x'), (a, b) IN ((1, 2), (3, 4))

--- in query
SELECT a IN (SELECT b FROM t), a NOT IN (SELECT b FROM t WHERE c)

--- in a union
SELECT a IN (SELECT 1 UNION SELECT 2), a IN ((SELECT 1 LIMIT 1) ORDER BY 1)

--- in a list of one query
SELECT a IN ((SELECT 1)), a IN ((SELECT 1), 2)

--- exists
SELECT EXISTS (SELECT 1 FROM t), NOT EXISTS (SELECT 1 FROM u)

--- any and all
SELECT a = ANY (SELECT b FROM t), a > ALL (SELECT b FROM t), a <> ANY (SELECT b FROM t)

--- like
SELECT
  a LIKE 'x%',
  a NOT LIKE '%x',
  a ILIKE 'X%',
  a NOT ILIKE 'x',
  a SIMILAR TO '%(b|d)%',
  a NOT SIMILAR TO 'x'

--- escape
SELECT a LIKE '10\\%', a LIKE '10^%' ESCAPE '^', a ILIKE b || '%' ESCAPE c

--- case
SELECT CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END, CASE a WHEN 1 THEN 'x' END

--- nested case
SELECT
  CASE
    WHEN CASE WHEN a THEN b END THEN CASE c WHEN d THEN e END
    ELSE CASE WHEN f THEN g END
  END

--- casts
SELECT
  a::integer,
  CAST(a AS bigint),
  CONVERT(decimal(10,2), a),
  TRY_CAST(a AS date),
  a::varchar(20)::char(3)

--- types
SELECT
  a::smallint,
  a::smallint,
  a::integer,
  a::bigint,
  a::decimal(18,0),
  a::decimal(10,0),
  a::real,
  a::real,
  a::double precision,
  a::double precision,
  a::double precision,
  a::boolean,
  a::boolean

--- more types
SELECT
  a::char(1),
  a::char(5),
  a::varchar(10),
  a::varchar(256),
  a::varchar(65535),
  a::varchar(10),
  a::varchar(256),
  a::char(256),
  a::date,
  a::time,
  a::timetz,
  a::timetz

--- even more types
SELECT
  a::timestamp,
  a::timestamp,
  a::timestamptz,
  a::timestamptz,
  a::super,
  a::varbyte(64000),
  a::varbyte(10),
  a::varbyte(5),
  a::interval year to month,
  a::interval day to second

--- casts of expressions
SELECT
  (a + b)::integer,
  -a::integer,
  (-a)::integer,
  '1'::integer,
  (SELECT 1)::integer,
  f(x)::integer,
  (a IS NULL)::integer,
  NULL::varchar(5)

--- at time zone
SELECT
  a AT TIME ZONE 'utc',
  a AT TIME ZONE 'utc' AT TIME ZONE 'CET',
  (a + b) AT TIME ZONE c,
  a::timestamp AT TIME ZONE 'utc'

--- scalar queries
SELECT (SELECT 1), (SELECT max(a) FROM t) + 1, (SELECT 1 UNION SELECT 2), (SELECT 1)

--- rows
SELECT (a, b) = (1, 2), ROW(1), (1, 2)

--- arrays
SELECT ARRAY(), ARRAY(1, 2, 'a')

--- super navigation
SELECT a.b[0].c, a[1][2], a.b.c.d.e.f, (a).b, f(x).y, (a.b).c

--- a function call
SELECT f(), f(1), s.f(1, 2), f(1), "select"(1)

--- left and right
SELECT left(a, 2), right(a, 2)

--- bare functions
SELECT
  CURRENT_DATE,
  CURRENT_TIMESTAMP,
  CURRENT_TIME,
  LOCALTIME,
  LOCALTIMESTAMP,
  SYSDATE,
  CURRENT_USER,
  SESSION_USER,
  USER,
  CURRENT_USER_ID

--- extract
SELECT EXTRACT(epoch FROM a), EXTRACT(year FROM a), EXTRACT(day FROM a - b)

--- date parts
SELECT
  dateadd(day, 1, a),
  datediff(hour, a, b),
  date_part(year, a),
  date_trunc('month', a),
  dateadd('month', -1, a),
  datediff(qtr, a, b)

--- columns where date parts may stand
SELECT dateadd("day", 1, a), dateadd(t.day, 1, a), date_trunc(day, a)

--- trim
SELECT
  trim(a),
  TRIM(BOTH 'x' FROM a),
  TRIM(LEADING 'x' FROM a),
  TRIM(TRAILING a),
  TRIM(BOTH 'x' FROM a),
  TRIM(BOTH a),
  trim(a, 'x')

--- substring
SELECT
  substring(a, 1, 2),
  SUBSTRING(a FROM 2),
  SUBSTRING(a FROM 2 FOR 3),
  SUBSTRING(a FROM 1 FOR 3)

--- position
SELECT POSITION('a' IN b), POSITION('a' || c IN b), POSITION((a IN (b)) IN c)

--- overlay
SELECT OVERLAY(a PLACING b FROM 1), OVERLAY(a PLACING b FROM 1 FOR 2)

--- functions with names of keywords
SELECT
  "convert"(1, 2),
  "exists"(1),
  "row"(1),
  "rollup"(1),
  trim(DISTINCT a),
  "values"(1)

--- nested functions
SELECT coalesce(nullif(trim(lower(a)), ''), nvl2(b, c, d), decode(e, 1, 'x', 'y'))

--- columns like functions
SELECT "exists", "exists", "row", "values", coalesce, substring, "interval" FROM t

--- a long condition is broken at its operators
SELECT 1
WHERE
  alpha_column = 'first value'
  AND beta_column = 'second value'
  AND (gamma_column > 100 OR delta_column < 200)
  AND epsilon IS NOT NULL

--- a long function call is broken at its arguments
SELECT
  json_extract_path_text(
    some_very_long_column_name,
    'first_level_key',
    'second_level_key',
    'third_level_key')

--- a long sum
SELECT
  first_quarter_revenue
  + second_quarter_revenue
  + third_quarter_revenue
  + fourth_quarter_revenue
  - total_refunds

--- casts inside paths
SELECT (a::super).b, (a::super)[0], a[0]::integer, a.b[0]::varchar(5)

--- names with digits and dollars
SELECT a1, "b$2", _c FROM t1

--- operators without spaces
SELECT a + b * -c || d::integer <= e AND f <> -1

--- comparison with a negative
SELECT a > -1, a = -b, a - -b, a * -1

--- not in front of everything
SELECT
  NOT a IN (1),
  NOT a LIKE 'b',
  NOT a BETWEEN 1 AND 2,
  NOT EXISTS (SELECT 1),
  NOT a IS NULL

--- precedence of not
SELECT (NOT a) = b, a = (NOT b), NOT a = b

--- precedence of between and
SELECT a BETWEEN 1 AND 2 AND b, a BETWEEN (1 AND 2) AND 3

--- precedence of like
SELECT a || b LIKE c || d, a LIKE b = c, a LIKE (b LIKE c)

--- precedence of time zones
SELECT -a AT TIME ZONE 'utc', a ^ b AT TIME ZONE 'utc', (a ^ b) AT TIME ZONE 'utc'

--- precedence of casts
SELECT a::integer + b::integer, (a + b)::integer::varchar(3), a || b::varchar(3)

--- case as an operand
SELECT
  CASE WHEN a THEN 1 ELSE 2 END + 1,
  CASE a WHEN b THEN c END IS NULL,
  CASE WHEN a THEN b END::integer

--- a time zone in between
SELECT
  a BETWEEN (b AT TIME ZONE 'utc') AND c AT TIME ZONE 'utc',
  a BETWEEN (b AT TIME ZONE 'utc')::date AND c

--- signs right after operators
SELECT a <> -1, a ^ -1, a || -1, a < -1, a = +1, a - +1, a * -b, 2 / -b

--- comments right after operators
SELECT a + b, a || b, a * b

--- part of a date that is no plain word
SELECT EXTRACT('odd part' FROM a)

--- strings cast to intervals
SELECT INTERVAL '5 days', INTERVAL '1 hour', a + '2 weeks'::interval day to second
