--- a constant
SELECT 1

--- semicolon and comments
SELECT 1

--- columns of one to four parts
SELECT a, t.a, s.t.a, db.s.t.a FROM db.s.t

--- aliases with and without as
SELECT a AS b, c AS d, e AS f, g AS "group by" FROM t

--- reserved words after as and after a dot
SELECT x AS "timestamp", t."user" AS "order", t.date AS end_ FROM t AS "table"

--- names fold to lower case, quoted ones too
SELECT mixedcase, other, "Ünïcode", "straße" FROM schema."table"

--- names that need quotes
SELECT "a b", "1st", "say ""hi""", "a$b", "a$b", _x FROM "from"

--- words that only look special
SELECT
  date,
  time,
  type,
  year,
  value,
  name,
  key,
  status,
  count,
  qualify,
  filter,
  over,
  at
FROM t

--- star
SELECT * FROM t

--- qualified star
SELECT t.*, s.u.*, u.a FROM t, s.u

--- exclude
SELECT * EXCLUDE (a, b) FROM t

--- exclude without parentheses
SELECT *, a + b AS c EXCLUDE (a, b) FROM t

--- distinct
SELECT DISTINCT a, b FROM t

--- all
SELECT a FROM t

--- top
SELECT TOP 10 a FROM t

--- top and distinct, in either order
SELECT TOP 10 DISTINCT a FROM t

--- top of an expression
SELECT TOP (5 + 5) a FROM t

--- where
SELECT a FROM t WHERE a > 1

--- group by
SELECT a, count(*) FROM t GROUP BY a HAVING count(*) > 1

--- group by positions
SELECT a, b, sum(c) FROM t GROUP BY 1, 2

--- group by all
SELECT a, b, sum(c) FROM t GROUP BY ALL

--- group by rollup
SELECT a, b, sum(c) FROM t GROUP BY ROLLUP (a, b)

--- group by cube with a list
SELECT a, b, c, sum(d) FROM t GROUP BY CUBE ((a, b), c)

--- group by grouping sets
SELECT a, b, sum(c) FROM t GROUP BY GROUPING SETS ((a, b), a, a, ROLLUP (b), ())

--- group by the grand total
SELECT count(*) FROM t GROUP BY ()

--- mixed grouping
SELECT a, b, grouping(a) FROM t GROUP BY a, ROLLUP (b)

--- order by
SELECT a FROM t ORDER BY a, b DESC, c NULLS FIRST, 4 NULLS LAST

--- limit and offset
SELECT a FROM t ORDER BY 1 LIMIT 10 OFFSET 20

--- offset before limit
SELECT a FROM t LIMIT 10 OFFSET 20

--- limit all
SELECT a FROM t

--- qualify
SELECT a FROM t QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) = 1

--- qualify after having
SELECT a, sum(b) AS s
FROM t
GROUP BY a
HAVING sum(b) > 0
QUALIFY rank() OVER (ORDER BY s DESC) <= 3

--- window clause
SELECT sum(a) OVER w, avg(b) OVER (w ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)
FROM t
WINDOW w AS (PARTITION BY c ORDER BY d)

--- window clause and qualify
SELECT rank() OVER w AS r FROM t WINDOW w AS (ORDER BY a), v AS (w) QUALIFY r = 1

--- with
WITH a AS (SELECT 1 AS x), b (y) AS (SELECT x FROM a) SELECT y FROM b

--- with recursive
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
SELECT i
FROM n

--- a with query named recursive
WITH "recursive" AS (SELECT 1) SELECT * FROM "recursive"

--- with inside a subquery
SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) AS x

--- values
VALUES (1, 'a'), (2, 'b')

--- values in from
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (id, name)

--- select without from
SELECT 1 WHERE TRUE

--- a query in parentheses
SELECT a FROM t

--- order of a query in parentheses
SELECT a FROM t ORDER BY a

--- limit of a limit
(SELECT a FROM t LIMIT 10) LIMIT 5

--- union
SELECT a FROM t UNION SELECT a FROM u

--- union all and order
SELECT a FROM t UNION ALL SELECT a FROM u ORDER BY 1 LIMIT 3

--- union distinct
SELECT a FROM t UNION SELECT a FROM u

--- minus
SELECT a FROM t EXCEPT SELECT a FROM u

--- intersect binds tighter
SELECT 1 UNION SELECT 2 INTERSECT SELECT 3 EXCEPT SELECT 4

--- a set operation in parentheses
SELECT 1 EXCEPT (SELECT 2 UNION ALL SELECT 3)

--- parentheses that do nothing
SELECT 1 INTERSECT SELECT 2 UNION SELECT 3

--- parentheses against precedence
(SELECT 1 UNION SELECT 2) INTERSECT SELECT 3

--- a limited side
(SELECT a FROM t ORDER BY a LIMIT 1) UNION ALL (SELECT a FROM u ORDER BY a LIMIT 1)

--- a with query on one side
(WITH a AS (SELECT 1) SELECT * FROM a) UNION SELECT 2

--- intersect all
SELECT a FROM t INTERSECT ALL SELECT a FROM u

--- a long query is broken into lines
WITH recent_orders AS (
  SELECT customer_id, order_id, total_amount, created_at
  FROM shop.orders
  WHERE
    created_at >= dateadd(day, -30, CURRENT_DATE)
    AND status NOT IN ('cancelled', 'returned')
),
totals AS (
  SELECT customer_id, sum(total_amount) AS total, count(*) AS orders
  FROM recent_orders
  GROUP BY customer_id
)
SELECT
  c.customer_id,
  c.name,
  coalesce(t.total, 0) AS total,
  CASE WHEN t.total > 1000 THEN 'gold' WHEN t.total > 100 THEN 'silver' ELSE 'bronze'
  END AS tier
FROM
  shop.customers AS c
  LEFT JOIN totals AS t ON t.customer_id = c.customer_id AND t.orders > 1
  JOIN shop.countries USING (country_code)
WHERE
  c.deleted_at IS NULL
  AND (c.country_code = 'DE' OR c.country_code = 'AT' OR c.marketing_consent)
ORDER BY total DESC, c.customer_id
LIMIT 100

--- long lists of values are filled
SELECT a
FROM t
WHERE
  a IN (
    1000001, 1000002, 1000003, 1000004, 1000005, 1000006, 1000007, 1000008, 1000009,
    1000010, 1000011)

--- a byte order mark
SELECT 1

--- several columns of a union
SELECT a, b
FROM t
UNION ALL
SELECT c, d
FROM u
UNION ALL
(SELECT e, f FROM v ORDER BY e LIMIT 1)
ORDER BY 1, 2

--- nested set operations on the right
SELECT 1 UNION ALL (SELECT 2 UNION ALL SELECT 3 INTERSECT SELECT 4)

--- except is left to right
SELECT 1 EXCEPT SELECT 2 EXCEPT SELECT 3

--- values and a union
VALUES (1) UNION ALL VALUES (2)

--- a query named like a word of the language
WITH values_ AS (SELECT 1 AS value),
"values" AS (SELECT 2)
SELECT *
FROM values_, "values"

--- hierarchies
SELECT id FROM t CONNECT BY PRIOR id = up

--- hierarchies from the top
SELECT id, level
FROM t
WHERE level < 3
START WITH up IS NULL
CONNECT BY up = PRIOR id AND PRIOR (a + b) > c
GROUP BY id

--- a column named prior
SELECT "prior" FROM t CONNECT BY "prior" = 3 AND PRIOR "prior" > "prior"

--- into
SELECT a, b INTO u FROM t WHERE a > 1

--- into a temporary table
SELECT a INTO TEMP s.u FROM t UNION ALL SELECT b FROM v

--- into a local table
SELECT * EXCLUDE (a) INTO TEMP "#u" FROM t

--- any word after as
SELECT
  a AS "end",
  b AS "from",
  c AS "limit",
  d AS "on",
  e AS "select",
  f AS "into",
  g AS "order"
FROM t

--- a word after as at the end
SELECT (SELECT 1 AS "where") AS "offset", 2 AS "union"
