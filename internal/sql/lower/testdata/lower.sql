--- names are qualified and stars expanded
SELECT * EXCLUDE (likes, amount) FROM users
--- USING
SELECT userid, city, qtysold FROM users LEFT JOIN sales USING (userid)
--- USING of a full join
SELECT userid FROM users FULL JOIN web.events USING (userid)
--- unmatched types in USING
SELECT userid FROM (SELECT salesid::bigint AS userid FROM sales) a JOIN users USING (userid)
--- outer marks
SELECT u.city, s.qtysold FROM sales s, users u WHERE u.userid = s.userid(+) AND s.qtysold(+) > 1 AND u.likes
--- an outer item with a taken name
SELECT city FROM users WHERE EXISTS (SELECT 1 FROM sales users WHERE users.salesid = joined - DATE '2026-01-01')
--- two columns of one name
SELECT q.a, q.b FROM (SELECT userid AS a, city AS a, state AS b FROM users) AS q(a, x, b)
--- grouping by position and alias
SELECT date_trunc('day', saletime) AS day, count(*) AS n FROM sales GROUP BY day HAVING n > 1 ORDER BY n DESC, 1
--- grouping sets
SELECT city, state, count(*) AS n FROM users GROUP BY GROUPING SETS ((1, 2), (city), ())
--- order of NULLs
SELECT city FROM users ORDER BY city, joined DESC, state DESC NULLS LAST
--- ties under LIMIT
SELECT city, joined FROM users ORDER BY joined LIMIT 3
--- TOP
SELECT TOP 3 city FROM users ORDER BY city
--- TOP inside a set operation
SELECT TOP 1 city FROM users UNION ALL SELECT city FROM users MINUS SELECT 'x'
--- ties in windows
SELECT salesid, row_number() OVER (PARTITION BY userid ORDER BY saletime) AS n, rank() OVER (ORDER BY saletime) AS r FROM (SELECT salesid, userid, saletime FROM sales) s
--- ties in windows over groups
SELECT city, row_number() OVER (ORDER BY count(*) DESC) AS n FROM users GROUP BY city, state
--- frames of rows have ties, whole partitions have none
SELECT sum(q) OVER (ORDER BY q ROWS UNBOUNDED PRECEDING) AS a, sum(q) OVER (PARTITION BY i) AS b FROM (SELECT qtysold AS q, salesid AS i FROM sales) s
--- named windows
SELECT rank() OVER w AS r, lag(city) OVER (w) AS l FROM (SELECT city, joined FROM users) u WINDOW w AS (ORDER BY joined DESC)
--- LISTAGG
SELECT listagg(city, ', ') WITHIN GROUP (ORDER BY joined DESC) AS a, listagg(DISTINCT city) AS b FROM users
--- integer and decimal division
SELECT i4 / i2 AS a, d / i4 AS b, f8 / i4 AS c, i4 % 3 AS d FROM numbers
--- averages and sums
SELECT avg(i4) AS a, avg(d) AS b, avg(f8) AS c, sum(i4) AS d, sum(d) AS e, sum(substring(s, 2)) AS f FROM numbers
--- conversions in expressions
SELECT i2 + 1 AS a, i4 = d AS b, s = i4 AS c, i4 || 'x' AS d FROM numbers
--- dates
SELECT dateadd(month, 1, joined) AS a, dateadd(year, 1, joined) AS b, datediff(hour, joined, '2026-01-01') AS c, joined + 7 AS d, extract(ms FROM current_timestamp) AS e FROM users
--- whole days beside a timestamp
SELECT saletime - 30 AS a, 7::bigint + current_timestamp AS b, saletime + (salesid - 1) AS c FROM sales
--- the clock
SELECT getdate() AS a, sysdate AS b, current_date AS c
--- TO_CHAR
SELECT to_char(saletime, 'YYYY-MM-DD "at" HH24:MI, Day') AS a, to_char(qtysold, 'FM9,990.00') AS b FROM sales
--- conditionals
SELECT nvl(city, 'none') AS a, nvl2(city, 1, 0) AS b, decode(city, NULL, 'none', 'Kent', 'K', 'other') AS c FROM users
--- LIKE
SELECT city LIKE 'a%' AS a, city LIKE 'a\\_%' AS b, city LIKE firstname AS c, city SIMILAR TO '(K|L)%' AS d FROM users
--- set operations in one type
SELECT userid AS a, NULL AS b FROM users UNION ALL SELECT 1.5, joined FROM users
--- recursive
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n
--- alias of an alias
SELECT userid + 1 AS a, a * 2 AS b, b - a AS c FROM users
--- pivot
SELECT city, wa, "1" FROM (SELECT city, state, userid FROM users) PIVOT (sum(userid) FOR state IN ('WA' AS wa, '1', NULL AS none))
--- unpivot
SELECT * FROM sales UNPIVOT (money FOR kind IN (pricepaid, commission AS fee))
--- unnesting
SELECT e.eventid, i.sku::varchar AS sku, n, k FROM web.events e LEFT JOIN e.props.items i AT n ON true, UNPIVOT e.props AS v AT k
--- unnesting in a subquery
SELECT eventid FROM web.events e WHERE EXISTS (SELECT 1 FROM e.props.items i WHERE i.sku = 'x')
--- rows in conditions
SELECT userid FROM users WHERE (userid, city) IN (SELECT userid, 'x' FROM sales) AND likes AND (city, state) = ('a', 'b')
--- rows as values
SELECT (userid, city) NOT IN (SELECT userid, 'x' FROM sales) AS a, (1, 2) < (userid, 3) AS b, (userid, 1) IN ((1, 2), (3, 4)) AS c FROM users candidate
--- hierarchies
SELECT u.city, level FROM users u WHERE level < 3 START WITH city = 'Kent' CONNECT BY PRIOR userid = u.userid - 1
--- one check for a chain of floating-point operators, and one for a divisor
SELECT e.x * e.x - 1.5e0 + e.x / (e.x * 2) AS a, sum(e.x * 3) AS b FROM (SELECT salesid::float8 AS x FROM sales) e GROUP BY 1
--- constants order nothing
SELECT listagg(city, ',') WITHIN GROUP (ORDER BY 'it''s', userid) AS a, listagg(DISTINCT city, ',') WITHIN GROUP (ORDER BY 1, city) AS b, percentile_disc(0.5) WITHIN GROUP (ORDER BY 7) AS c, rank() OVER (ORDER BY 'x'::varchar, count(*), DATE '2026-01-01') AS d, rank() OVER (ORDER BY -1) AS e FROM users GROUP BY 'k' ORDER BY 'x', NULL, 2
--- a key inside larger expressions, in HAVING, ORDER BY, windows and ties
SELECT salesid::float8 * 2 AS k, k * 3 - 1 AS a, salesid::float8 * 2 / 4 AS b, sum(k * 2) AS s, row_number() OVER w AS r FROM sales GROUP BY 1 HAVING salesid::float8 * 2 + 1 > 0 WINDOW w AS (ORDER BY k * 5) ORDER BY k * 7
--- a key that is text by its context, in ties
SELECT row_number() OVER (ORDER BY min(joined)) AS r FROM users GROUP BY CASE WHEN likes THEN 'yes' ELSE 'no' END
--- all keys
SELECT upper(city) AS c, row_number() OVER () AS r FROM users GROUP BY ALL
--- all keys where there are none
SELECT rank() OVER () AS n FROM sales GROUP BY ALL
--- a key that is a condition, under NOT, AND and OR
SELECT salesid IN (1, 2) AS k, NOT salesid > 2 AS a, NOT k AS b, salesid > 2 AND qtysold > 1 AND count(*) > 1 AS c, (salesid > 1 OR qtysold > 1) OR max(salesid) > 1 AS d FROM sales GROUP BY salesid > 2, k, salesid > 2 AND qtysold > 1, (salesid > 1 OR qtysold > 1) HAVING NOT (salesid > 2) AND NOT count(*) > 3 ORDER BY NOT salesid IN (1, 2)
--- conditions that are no keys, under NOT and AND
SELECT max(salesid) AS m FROM sales WHERE NOT salesid > 2 AND (qtysold > 1 AND qtysold < 5) GROUP BY qtysold HAVING NOT qtysold > 2 AND (qtysold < 9 AND count(*) > 1)
--- GROUPING of a key that is text by its context
SELECT grouping(CASE WHEN likes THEN 'yes' ELSE 'no' END) AS g FROM users GROUP BY ROLLUP (CASE WHEN likes THEN 'yes' ELSE 'no' END)
--- LIMIT below the top is computed by itself
WITH last AS (SELECT salesid, userid FROM public.sales ORDER BY salesid DESC LIMIT 3)
SELECT u.city, (SELECT MAX(t.qtysold) FROM (SELECT TOP 2 qtysold, userid FROM public.sales ORDER BY salesid) t WHERE t.userid = u.userid) AS sold
FROM public.users u JOIN last ON last.userid = u.userid
WHERE u.userid IN (SELECT userid FROM public.sales ORDER BY 1 OFFSET 1) ORDER BY 1 LIMIT 5
--- but not where it is related to the row, or in a recursion
WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 3 LIMIT 10)
SELECT u.city, (SELECT s.qtysold FROM public.sales s WHERE s.userid = u.userid ORDER BY s.salesid LIMIT 1) AS sold
FROM public.users u JOIN up ON up.n = u.userid
