--- a column
SELECT city FROM users
--- an expression
SELECT qtysold * pricepaid - commission AS net FROM sales
--- constants come from nowhere
SELECT 1 AS one, 'x' AS x FROM users
--- an alias used later
SELECT pricepaid - commission AS net, net * 2 AS twice FROM sales
--- star
SELECT * FROM users
--- star of one table
SELECT u.*, s.listid FROM users u JOIN sales s ON s.userid = u.userid
--- star without some
SELECT * EXCLUDE (firstname, city, state, likes, amount) FROM users
--- where
SELECT city FROM users WHERE likes AND joined > '2026-01-01'
--- join on
SELECT u.city FROM users u LEFT JOIN sales s ON s.userid = u.userid AND s.qtysold > 1
--- join of older style
SELECT u.city FROM users u, sales s WHERE s.userid (+) = u.userid AND u.likes
--- join after commas
SELECT u.city, s.listid FROM users u, sales s WHERE s.userid = u.userid
--- using
SELECT userid, city, listid FROM users JOIN sales USING (userid)
--- using, right side kept
SELECT userid FROM users RIGHT JOIN sales USING (userid)
--- using, both sides kept
SELECT userid FROM users FULL JOIN sales USING (userid)
--- natural
SELECT userid FROM users NATURAL JOIN sales
--- group by names, positions and expressions
SELECT city, upper(state) AS s, count(*) AS n FROM users GROUP BY 1, upper(state), likes
--- group by all, having
SELECT city, sum(userid) AS total FROM users GROUP BY ALL HAVING count(amount) > 1
--- rollup
SELECT city, state, grouping(city) AS g, count(*) AS n FROM users GROUP BY ROLLUP (city, state)
--- distinct
SELECT DISTINCT city, state FROM users
--- distinct in an aggregate
SELECT count(DISTINCT city) AS n FROM users
--- filtered aggregate
SELECT sum(qtysold) FILTER (WHERE listid > 1) AS q, count(*) AS n FROM sales
--- listagg
SELECT listagg(city, ',') WITHIN GROUP (ORDER BY joined) AS cities FROM users
--- percentile
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY qtysold) AS p, median(pricepaid) AS m FROM sales
--- windows
SELECT salesid, row_number() OVER (PARTITION BY userid ORDER BY saletime) AS n, sum(qtysold) OVER (PARTITION BY listid) AS q FROM sales
--- named windows
SELECT lag(pricepaid) OVER w AS before, rank() OVER (w2) AS r FROM sales WINDOW w AS (PARTITION BY userid ORDER BY saletime), w2 AS (ORDER BY listid)
--- qualify
SELECT userid, city FROM users QUALIFY row_number() OVER (PARTITION BY state ORDER BY joined) = 1
--- order and limit
SELECT city FROM users ORDER BY joined DESC, 1 LIMIT 3
--- case
SELECT CASE WHEN likes THEN city ELSE state END AS c FROM users
--- subquery in from
SELECT t.c, t.n + 1 AS m FROM (SELECT city AS c, count(*) AS n FROM users WHERE likes GROUP BY city) t
--- unused columns of a subquery
SELECT t.c FROM (SELECT city AS c, amount FROM users) t
--- unused columns of a distinct subquery
SELECT t.c FROM (SELECT DISTINCT city AS c, amount FROM users) t
--- ctes on ctes
WITH a AS (SELECT * FROM sales), b(x, y) AS (SELECT userid, pricepaid FROM a WHERE qtysold > 1) SELECT b.*, y + 1 AS z FROM b
--- a cte twice
WITH a AS (SELECT userid, max(saletime) AS last FROM sales GROUP BY userid) SELECT x.userid, y.last FROM a x JOIN a y ON x.last = y.last
--- an unused cte
WITH a AS (SELECT city FROM users WHERE likes) SELECT listid FROM sales
--- recursive
WITH RECURSIVE t(id, n) AS (SELECT userid, 1 FROM users WHERE likes UNION ALL SELECT s.listid, n + 1 FROM t JOIN sales s ON s.userid = t.id WHERE s.qtysold > n) SELECT id, n FROM t
--- union all
SELECT city AS v FROM users WHERE likes UNION ALL SELECT url FROM web.events
--- union
SELECT city AS v FROM users UNION SELECT url FROM web.events ORDER BY v
--- unused column of a union
SELECT a FROM (SELECT city AS a, state AS b FROM users UNION SELECT url, url FROM web.events) t
--- intersect
SELECT city AS v FROM users INTERSECT SELECT url FROM web.events
--- except
SELECT city AS v FROM users EXCEPT SELECT url FROM web.events WHERE eventid > 1
--- union inside except
SELECT userid AS v FROM users EXCEPT (SELECT userid FROM sales UNION ALL SELECT eventid FROM web.events)
--- values
SELECT v.column1, city FROM (VALUES (1, 2), (3, 4)) v JOIN users ON userid = v.column2
--- scalar subquery
SELECT (SELECT max(s.pricepaid) FROM sales s WHERE s.userid = u.userid) AS m, city FROM users u
--- in a query
SELECT city FROM users WHERE userid IN (SELECT userid FROM sales WHERE qtysold > 2)
--- a test of a query as a value
SELECT userid IN (SELECT userid FROM sales WHERE qtysold > 2) AS buys, city FROM users
--- exists
SELECT city, EXISTS (SELECT s.commission FROM sales s WHERE s.userid = u.userid) AS buys FROM users u
--- compared with all
SELECT city FROM users WHERE userid > ALL (SELECT userid FROM sales)
--- subquery in a subquery
SELECT city FROM users u WHERE EXISTS (SELECT 1 FROM sales s WHERE s.userid = u.userid AND s.pricepaid > (SELECT avg(pricepaid) FROM sales x WHERE x.listid = s.listid))
--- window over groups
SELECT city, sum(count(*)) OVER (ORDER BY city ROWS UNBOUNDED PRECEDING) AS running FROM users GROUP BY city
--- window that filters
SELECT c FROM (SELECT city AS c, rank() OVER (PARTITION BY state ORDER BY joined) AS r FROM users) WHERE r = 1
--- super
SELECT props.a.b AS b, e.props.c[0] AS c FROM web.events e
--- two models deep
WITH orders AS (SELECT userid, pricepaid * qtysold AS gross FROM sales), totals AS (SELECT userid, sum(gross) AS gross FROM orders GROUP BY userid) SELECT u.city, avg(t.gross) AS average FROM users u JOIN totals t USING (userid) GROUP BY u.city
--- pivot
SELECT p.userid, p.one, p.two FROM (SELECT userid, listid, qtysold FROM sales WHERE salesid > 0) PIVOT (sum(qtysold) FOR listid IN (1 AS one, 2 AS two)) p
--- unpivot
SELECT u.kind, u.money FROM sales UNPIVOT (money FOR kind IN (pricepaid, commission AS fee)) u
--- unnesting
SELECT e.eventid, i.sku, n FROM web.events e, e.props.items AS i AT n WHERE i.qty > 1
--- hierarchy
SELECT s.listid, level AS depth FROM sales s WHERE qtysold > 0 START WITH s.commission IS NULL CONNECT BY PRIOR s.salesid = s.listid
--- rows of columns
SELECT city FROM users WHERE (userid, joined) IN (SELECT userid, saletime::date FROM sales WHERE qtysold > 2)
--- object unpivoting
SELECT e.eventid, k, v FROM web.events e, UNPIVOT e.props AS v AT k
--- an aggregate of the query around
SELECT city, (SELECT max(s.salesid) FROM sales s WHERE s.listid = count(u.likes)) AS m FROM users u GROUP BY city
