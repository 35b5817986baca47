--- unknown table
SELECT a FROM public.user
--- unknown table in another schema
SELECT a FROM events
--- unknown columns, all of them
SELECT usrid, u.cty, x.city
FROM users u
WHERE foo = 1
--- an unknown table does not complain about its columns
SELECT a, b.c FROM nowhere b
--- ambiguous column
SELECT userid FROM users u JOIN sales s ON u.userid = s.userid
--- unknown function
SELECT substrng(city, 1) AS a, ifnull(city, 'x') AS b FROM users
--- functions that Redshift has and Atoll has not
SELECT checksum(city) AS a, st_makepoint(1, 2) AS b, pg_catalog.object_transform(city) AS c FROM users
--- function arguments
SELECT left(city) AS a, dateadd(day, 'x', joined, 1) AS b, len(likes) AS c FROM users
--- no such operator
SELECT city + 1 AS a, joined * 2 AS b, likes + 1 AS c, saletime * 1 AS d FROM users JOIN sales USING (userid)
--- numbers beside times that are not whole days
SELECT saletime - 1.5 AS a, 0.5e0 + saletime AS b, 1 - saletime AS c, saletime + saletime AS d, joined + joined AS e, joined - 1.5 AS f FROM users JOIN sales USING (userid)
--- not comparable
SELECT 1 AS a FROM users WHERE likes = 5 OR joined = 20260101 OR city = 1 OR joined = userid
--- not a condition
SELECT 1 AS a FROM users WHERE userid
--- aggregate in WHERE
SELECT city FROM users WHERE count(*) > 1 GROUP BY city
--- aggregate alias in WHERE
SELECT city, count(*) AS n FROM users WHERE n > 1 GROUP BY city
--- window in WHERE
SELECT city FROM users WHERE row_number() OVER (ORDER BY joined) = 1
--- window in HAVING
SELECT city FROM users GROUP BY city HAVING rank() OVER (ORDER BY city) = 1
--- nested aggregate
SELECT sum(count(*)) AS a FROM users
--- aggregate in GROUP BY and ON
SELECT 1 AS a FROM users u JOIN sales s ON max(u.userid) = s.userid GROUP BY count(*)
--- group by a position that is an aggregate
SELECT count(*) AS n FROM users GROUP BY 1
--- not grouped
SELECT city, joined, count(*) AS n FROM users GROUP BY city
--- not grouped, without GROUP BY
SELECT city, max(joined) AS m FROM users
--- not grouped, in HAVING, ORDER BY and through an alias
SELECT upper(city) AS c, c || state AS d FROM users GROUP BY city HAVING likes ORDER BY joined
--- not grouped, in a correlated subquery
SELECT city, (SELECT max(s.salesid) FROM sales s WHERE s.userid = users.userid) AS m FROM users GROUP BY city
--- not grouped, in a window that is defined for several
SELECT city, rank() OVER w AS r, rank() OVER (w ROWS UNBOUNDED PRECEDING) AS s FROM users GROUP BY city WINDOW w AS (PARTITION BY state ORDER BY city, joined)
--- position out of range
SELECT city FROM users GROUP BY 2 ORDER BY 0
--- set operation widths and types
SELECT city, userid FROM users UNION SELECT city FROM users
--- set operation types
SELECT userid AS a FROM users UNION ALL SELECT joined FROM users
--- order by over a set operation
SELECT userid AS a FROM users UNION ALL SELECT salesid FROM sales ORDER BY a + 1
--- outputs of a model need names
SELECT userid + 1, city, users.city FROM users
--- table name twice
SELECT 1 AS a FROM users, users
--- window frame
SELECT sum(userid) OVER (ORDER BY joined) AS a, first_value(city) OVER (ORDER BY joined) AS b FROM users
--- window misuse
SELECT len(city) OVER () AS a, rank() AS b, sum(userid) OVER nowhere AS c, count(DISTINCT city) OVER () AS d FROM users
--- random in a model
SELECT random() AS r FROM users
--- modifiers
SELECT upper(DISTINCT city) AS a, sum(userid) WITHIN GROUP (ORDER BY city) AS b, percentile_cont(0.5) AS c, max(city) FILTER (WHERE city) AS d FROM users
--- case branches
SELECT CASE WHEN likes THEN 1 ELSE joined END AS a, coalesce(userid, city) AS b, decode(userid, 1, 'a', 2, 5) AS c FROM users
--- casts
SELECT joined::integer AS a, userid::date AS b, likes::date AS c FROM users
--- subquery columns
SELECT (SELECT userid, city FROM users) AS a, userid IN (SELECT * FROM users) AS b FROM users
--- using
SELECT 1 AS a FROM users JOIN sales USING (city)
--- select distinct and order
SELECT DISTINCT city FROM users ORDER BY joined
--- star in the wrong place
SELECT max(*) AS m, * FROM users x
--- unknown qualifier of a star
SELECT z.* FROM users x
--- recursive parts
WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT i FROM n
--- not available
SELECT (1, 2) AS a, $1 AS b, array(1) AS c FROM web.events
--- limit
SELECT city FROM users LIMIT 1.5
--- negative limit
SELECT TOP -2 city FROM (SELECT city FROM users LIMIT 3 OFFSET -1) x
--- two queries of one name
WITH a AS (SELECT 1 AS x), a AS (SELECT 2 AS x) SELECT x FROM a
--- a USING column that neither side has
SELECT city FROM users JOIN sales USING (usrid)
--- a string in double quotes
SELECT city FROM users WHERE city = "Kent & Canterbury"
--- a table's name beside its alias
SELECT users.city, public.users.city AS c FROM users u
--- outer marks
SELECT u.city(+) AS c FROM users u, sales s WHERE u.userid(+) = s.userid(+)
--- outer marks with joins and with OR
SELECT 1 AS a FROM users u JOIN sales s ON u.userid = s.userid WHERE u.city(+) = 'x'
--- outer marks and OR
SELECT 1 AS a FROM users u, sales s WHERE u.userid = s.userid(+) OR s.qtysold(+) = 1
--- attributes of what has none
SELECT u.city.x AS a, props[city] AS b FROM users u JOIN web.events e ON e.userid = u.userid
--- grouping
SELECT city, grouping(joined) AS a, grouping(DISTINCT city) AS b FROM users WHERE grouping(city) = 0 GROUP BY ROLLUP(city)
--- pivot of what it cannot be applied to
SELECT 1 AS a FROM (users JOIN sales USING (userid)) PIVOT (count(*) FOR city IN ('x')), (users PIVOT (count(*) FOR city IN ('y'))) PIVOT (count(*) FOR state IN ('z'))
--- pivot of a recursive query
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT 1 AS a FROM t PIVOT (count(*) FOR n IN (1, 2))
--- pivot of unnested values
SELECT 1 AS a FROM web.events e, e.props.items PIVOT (count(*) FOR items IN (1))
--- pivot aggregates
SELECT 1 AS a FROM users PIVOT (sum(userid) + 1 FOR city IN ('x')), sales PIVOT (median(qtysold) FOR listid IN (1)), numbers PIVOT (count(*) OVER () FOR i2 IN (1))
--- pivot values
SELECT 1 AS a FROM users PIVOT (count(*) FOR city IN (state, (SELECT 'x')))
--- pivot value of another type
SELECT 1 AS a FROM users PIVOT (count(*) FOR joined IN (5))
--- pivot columns, once each
SELECT p.z FROM users PIVOT (sum(usrid) FOR cty IN ('x', 'y')) p
--- pivot hides its source
SELECT users.city, state FROM users PIVOT (count(*) FOR state IN ('WA')) p
--- pivot takes nothing from around it
SELECT (SELECT "1" FROM sales PIVOT (sum(u.userid) FOR qtysold IN (1))) AS a FROM users u
--- unpivot columns
SELECT 1 AS a FROM users UNPIVOT (v FOR n IN (city, joined)), sales UNPIVOT (v FOR n IN (price)) x
--- unnesting what is not SUPER
SELECT 1 AS a FROM users u, u.city c, u.cty d, UNNEST(u.userid) e, UNNEST('[1]') f
--- unnesting in the wrong join
SELECT 1 AS a FROM web.events e RIGHT JOIN e.props.items i ON true
--- unnesting before its table
SELECT 1 AS a FROM e.props.items i, web.events e
--- numbering a table
SELECT 1 AS a FROM users u AT n
--- unnesting and outer marks
SELECT 1 AS a FROM web.events e, e.props.items i, users u WHERE e.userid = u.userid(+)
--- functions in FROM
SELECT 1 AS a FROM generate_series(1, 3) g, UNNEST(1, 2) x, UNNEST(DISTINCT city) y
--- rows of different widths
SELECT (1, 2) = (1, 2, 3) AS a, (1, 2) IN ((1, 2), (1)) AS b, (1, 2) IN (SELECT 1) AS c FROM users
--- a row beside what is none
SELECT (1, 2) = 3 AS a, userid IN ((1, 2)) AS b, (SELECT 1) < (1, 2) AS c FROM users
--- rows of other types
SELECT (1, joined) = (2, 3) AS a, (userid, likes) IN (SELECT userid, joined FROM users) AS b FROM users
--- rows with other quantifiers
SELECT (1, 2) < ANY (SELECT 1, 2) AS a, (1, 2) = ALL (SELECT 1, 2) AS b FROM users
--- rows where values are wanted
SELECT CASE WHEN likes THEN (1, 2) END AS a, (1, 2) IS NULL AS b, (1, 2) BETWEEN (1, 1) AND (2, 2) AS c FROM users
--- aggregates of the query around, where they cannot stand
SELECT city FROM users u WHERE EXISTS (SELECT 1 FROM sales s WHERE s.userid = max(u.userid))
--- aliases of aggregates and window functions in a subquery
SELECT city, count(*) AS n, n + 1 AS more, rank() OVER (ORDER BY city) AS r, (SELECT n) AS a, (SELECT max(salesid) FROM sales WHERE userid < more) AS b, (SELECT r) AS c FROM users GROUP BY city HAVING EXISTS (SELECT 1 FROM sales WHERE qtysold = n) ORDER BY (SELECT n)
--- the alias of GROUPING in a subquery
SELECT city, grouping(city) AS g, (SELECT g) AS x FROM users GROUP BY ROLLUP (city)
--- aliases of what is grouped by in a subquery
SELECT upper(city) AS c, c || '!' AS d, state AS s, (SELECT c) AS e, (SELECT max(salesid) FROM sales WHERE d < s) AS f, joined AS j, (SELECT j) AS k FROM users GROUP BY 1, state
--- columns beside an aggregate of the query around
SELECT city, (SELECT max(u.userid) FROM sales) AS m FROM users u
--- columns of the query around, beside its aggregate
SELECT (SELECT max(u.userid) + u.userid FROM sales) AS m FROM users u GROUP BY city
--- aggregates of the query around in an order without groups
SELECT city FROM users u ORDER BY (SELECT max(u.userid) FROM sales)
--- grouping of the query around
SELECT (SELECT grouping(u.city)) AS m FROM users u GROUP BY ROLLUP (city)
--- CONNECT BY without PRIOR
SELECT userid FROM users CONNECT BY userid = 1
--- CONNECT BY and outer marks
SELECT u.userid FROM users u, sales s WHERE u.userid = s.userid(+) CONNECT BY PRIOR u.userid = s.listid
--- names in CONNECT BY, once each
SELECT usrid FROM users START WITH cty = 'x' CONNECT BY PRIOR usr = userid
--- unknown names in START WITH
SELECT userid FROM users START WITH cty = 'x' CONNECT BY PRIOR userid = userid
--- aggregates in CONNECT BY
SELECT userid FROM users START WITH max(userid) = 1 CONNECT BY PRIOR userid = userid AND count(*) = 1
--- LEVEL without CONNECT BY
SELECT level FROM users
--- SELECT INTO
SELECT userid INTO TEMP copied FROM users
--- TOP and LIMIT
SELECT TOP 3 city FROM users ORDER BY city LIMIT 5
--- QUALIFY without a window function
SELECT city FROM users QUALIFY likes
--- order of two SUPER values
SELECT props.a < props.b AS a FROM web.events
--- distinct stars
SELECT count(DISTINCT *) AS n FROM users
--- RANGE frames at a distance
SELECT sum(userid) OVER (ORDER BY userid RANGE 1 PRECEDING) AS a, sum(userid) OVER (ORDER BY userid RANGE BETWEEN CURRENT ROW AND 1 FOLLOWING) AS b FROM users
--- tables that FROM does not have
SELECT x.city, (SELECT y.city FROM sales s, (SELECT 1 AS one)) AS a, (SELECT z.b) AS b FROM users, sales l
--- operands that have no type, as calls
SELECT '3' + coalesce(NULL, NULL) AS b, 1 + coalesce(NULL, NULL) AS c FROM users
