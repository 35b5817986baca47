--- star, and columns without a table
SELECT *, userid + 1 AS next FROM users WHERE city = 'Kent'
--- star of one table, without columns
SELECT u.*, pricepaid / 2 AS half EXCLUDE (amount, joined, likes, city) FROM users u, sales s WHERE u.userid = s.userid
--- a subquery that reads an expression by its name
SELECT userid + 1 AS next, (SELECT count(*) FROM sales WHERE salesid < next) AS m, m + 1 AS k FROM users
--- expressions without a name
SELECT userid + 1, upper(city), upper(city) FROM users
--- names of the same query, one of an expression of another
SELECT qtysold * 2 AS twice, twice + 1 AS more, more * twice AS most FROM sales WHERE twice > 2
--- the same alias in queries within one another
SELECT t.city, (SELECT max(t.salesid) FROM sales t WHERE t.userid IN (SELECT t.userid FROM users t)) AS m FROM users t
--- a column of a query around
SELECT userid FROM users u WHERE EXISTS (SELECT 1 FROM sales WHERE userid = u.userid AND city = 'Kent')
--- a common table expression, used twice under other names of its columns
WITH k AS (SELECT userid, city AS place FROM users), n (c) AS (SELECT count(*) FROM k) SELECT a.*, n.c FROM k a (id, town) JOIN k b ON a.id = b.userid, n
--- a common table expression that reads the query around it
SELECT u.userid FROM users u WHERE EXISTS (WITH s AS (SELECT salesid FROM sales WHERE sales.userid = u.userid) SELECT 1 FROM s x, s y WHERE x.salesid < y.salesid)
--- a common table expression that hides a table, and one that nothing uses
WITH RECURSIVE users AS (SELECT 9 AS userid), n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT userid FROM users
--- outputs of one name in FROM
SELECT * FROM (SELECT u.userid, s.userid, 1 AS userid_2 FROM users u JOIN sales s ON u.userid = s.userid) x
--- names of columns behind the alias
SELECT a, x.c FROM sales AS s (a, b) JOIN (SELECT userid, city FROM users) AS x (id, c) ON s.b = x.id
--- names of columns behind the alias of a set operation
SELECT x.a FROM (SELECT userid FROM users UNION SELECT salesid FROM sales) AS x (a)
--- values
SELECT v.column1, w.a FROM (VALUES (1, 'a'), (2, NULL)) v, (VALUES (1)) AS w (a)
--- values in a set operation
SELECT x.a FROM (VALUES (1) UNION ALL SELECT userid FROM users) AS x (a)
--- using
SELECT userid, u.userid AS of_user, s.userid AS of_sale FROM users u LEFT JOIN sales s USING (userid)
--- using, of a full join of full joins
SELECT userid, count(*) AS n FROM users u FULL JOIN sales s USING (userid) FULL JOIN web.events e USING (userid) GROUP BY userid
--- using, in the type of the other side
SELECT i2 FROM (SELECT i2 FROM numbers) a RIGHT JOIN (SELECT 1.5 AS i2) b USING (i2) WHERE i2 > 0
--- using, of a number and a text that nobody reads
SELECT count(*) AS n FROM (SELECT i2 AS k FROM numbers) a JOIN (SELECT s AS k FROM numbers) b USING (k)
--- natural
SELECT * FROM (SELECT userid, city FROM users) a NATURAL JOIN (SELECT userid, 1 AS one FROM sales) b
--- natural without a common column
SELECT count(*) FROM (SELECT 1 AS a) x NATURAL LEFT JOIN (SELECT 2 AS b) y
--- marks of outer joins
SELECT u.userid, s.salesid, e.url FROM web.events e, sales s, users u WHERE u.userid = s.userid(+) AND s.qtysold(+) > 1 AND s.salesid = e.eventid(+) AND u.city IS NOT NULL
--- marks and a list without them
SELECT a.userid FROM users a, sales s, users b WHERE a.userid = b.userid AND b.userid = s.userid(+)
--- top
SELECT TOP 3 userid FROM users ORDER BY city DESC NULLS LAST, length(city), 1
--- top in sides of a set operation
SELECT TOP 1 userid AS id FROM users UNION ALL (SELECT salesid FROM sales ORDER BY 1) UNION ALL (SELECT salesid FROM sales ORDER BY qtysold LIMIT 1) ORDER BY id
--- parentheses
((SELECT userid AS id FROM users ORDER BY id))
--- parentheses that decide
(SELECT 1 AS a UNION ALL SELECT 2) INTERSECT (SELECT 2)
--- an order that says nothing
SELECT count(*) AS n FROM (SELECT city FROM users ORDER BY city) x WHERE city IN (SELECT city FROM users ORDER BY userid)
--- named windows
SELECT sum(qtysold) OVER w AS a, rank() OVER (w ORDER BY saletime) AS b FROM sales WINDOW w AS (PARTITION BY listid)
--- a window over names of outputs
SELECT date_trunc('day', saletime) AS d, count(*) AS n, rank() OVER (PARTITION BY d ORDER BY n DESC ROWS UNBOUNDED PRECEDING) AS r FROM sales GROUP BY d, listid QUALIFY r = 1
--- keys by number and name
SELECT upper(city) AS c, state, count(*) AS n FROM users GROUP BY c, 2 HAVING n > 1 ORDER BY n DESC, c
--- keys in parentheses
SELECT state, city, count(*) AS n FROM users GROUP BY (state, (city)), ()
--- keys that are there twice
SELECT city AS c, city AS d, count(*) AS n FROM users GROUP BY c, 2, city, ROLLUP (state), ROLLUP (state)
--- all keys
SELECT state, upper(city) AS c, count(*) AS n FROM users GROUP BY ALL
--- all keys, and there are none
SELECT count(*) AS n FROM users GROUP BY ALL
--- the grand total
SELECT count(*) AS n FROM users GROUP BY ()
--- the grand total of no aggregate
SELECT 1 AS one FROM users GROUP BY ()
--- sets of keys
SELECT state AS s, city, grouping(s) AS g, count(*) AS n FROM users GROUP BY GROUPING SETS ((s, 2), ROLLUP (state), ())
--- constant keys
SELECT 'a' AS a, 5 AS five, NULL AS n, count(*) AS c FROM users GROUP BY 1, five, n
--- pivot
SELECT p.city, yes FROM (SELECT likes, city FROM users) PIVOT (count(*) FOR likes IN (true AS yes, false)) p WHERE yes > 0
--- unpivot
SELECT * FROM numbers UNPIVOT INCLUDE NULLS (v FOR n IN (i2, i4 AS four)) AS u (real, whole, x)
--- unnesting
SELECT e.eventid, i.sku, n, t FROM web.events e, e.props.items i AT n, i.tags t WHERE e.props.kind = 'order'
--- unnesting of what is no column
SELECT a.k, v, n FROM web.events e, UNPIVOT e.props.more AS v AT k, e.props.list[0].of AS a, UNNEST(json_parse(e.url)) WITH OFFSET AS u (n, o)
--- unnesting in a subquery
SELECT eventid FROM web.events e WHERE EXISTS (SELECT 1 FROM e.props.items props WHERE props.sku = 'a' AND e.props.b = 1)
--- names that are schemas, and words
SELECT web.url, "select".city FROM web.events AS web JOIN users AS "select" ON web.userid = "select".userid JOIN (SELECT eventid FROM web.events) x ON x.eventid = web.eventid
--- rows
SELECT userid FROM users WHERE (userid, city) IN (SELECT userid, 'Kent' FROM sales) AND (userid, state) > (1, 'WA')
