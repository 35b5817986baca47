--- strings
SELECT
  '',
  'a',
  'it''s',
  'back\slash',
  'it''s',
  'tab	here',
  'octal A',
  'new
line',
  'no d escape'

--- dollar quotes
SELECT 'it''s', 'a $$ b\n'

--- in a union
SELECT
  a IN (SELECT 1 UNION SELECT 2),
  a IN (SELECT * FROM (SELECT 1 LIMIT 1) AS nested ORDER BY 1)

--- escape
SELECT a LIKE '10\%', a LIKE '10^%' ESCAPE '^', a ILIKE b || '%' ESCAPE c

--- casts
SELECT
  a::integer,
  CAST(a AS bigint),
  CAST(a AS decimal(10,2)),
  TRY_CAST(a AS date),
  a::varchar::varchar

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
  a::double,
  a::double,
  a::double,
  a::boolean,
  a::boolean

--- more types
SELECT
  a::varchar,
  a::varchar,
  a::varchar,
  a::varchar,
  a::varchar,
  a::varchar,
  a::varchar,
  a::varchar,
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
  a::json,
  a::blob,
  a::blob,
  a::blob,
  a::interval,
  a::interval

--- casts of expressions
SELECT
  (a + b)::integer,
  -a::integer,
  (-a)::integer,
  '1'::integer,
  (SELECT 1)::integer,
  f(x)::integer,
  (a IS NULL)::integer,
  NULL::varchar

--- arrays
SELECT [], [1, 2, 'a']

--- columns like functions
SELECT "exists", "exists", "row", "values", "coalesce", "substring", "interval" FROM t

--- casts inside paths
SELECT (a::json).b, (a::json)[0], a[0]::integer, a.b[0]::varchar

--- precedence of casts
SELECT a::integer + b::integer, (a + b)::integer::varchar, a || b::varchar

--- strings cast to intervals
SELECT INTERVAL '5 days', INTERVAL '1 hour', a + '2 weeks'::interval
