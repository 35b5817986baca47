--- filters and joins only look
SELECT u.city FROM users u JOIN sales s ON s.userid = u.userid WHERE s.qtysold > 1
--- expressions gather
SELECT qtysold * pricepaid AS total, upper(city) AS c FROM users JOIN sales USING (userid)
--- USING takes the kept side
SELECT userid FROM users RIGHT JOIN sales USING (userid)
--- full join takes both
SELECT userid FROM users FULL JOIN sales USING (userid)
--- through CTEs, stars and renames
WITH a AS (SELECT * FROM sales), b(x, y) AS (SELECT userid, pricepaid FROM a) SELECT b.*, y + 1 AS z FROM b
--- through set operations
SELECT city AS v FROM users UNION SELECT url FROM web.events
--- EXCEPT only looks at its right side
SELECT city AS v FROM users EXCEPT SELECT url FROM web.events
--- scalar subquery
SELECT (SELECT max(s.pricepaid) FROM sales s WHERE s.userid = u.userid) AS m FROM users u
--- windows look at what they partition and order by
SELECT row_number() OVER (PARTITION BY city ORDER BY joined) AS n, sum(userid) OVER (PARTITION BY state) AS s FROM users
--- grouping looks, grouped outputs are values
SELECT city, count(*) AS n FROM users GROUP BY city, state
--- aliases carry their sources
SELECT pricepaid - commission AS net, net * 2 AS twice FROM sales
--- filter and order
SELECT sum(qtysold) FILTER (WHERE listid > 1) AS q FROM sales ORDER BY 1 LIMIT 1
--- recursive
WITH RECURSIVE t(id, n) AS (SELECT userid, 1 FROM users UNION ALL SELECT s.listid, n + 1 FROM t JOIN sales s ON s.userid = t.id) SELECT id, n FROM t
--- pivot looks at the column it goes by
SELECT * FROM (SELECT city, state, userid FROM users) PIVOT (sum(userid) FOR state IN ('WA', 'ME'))
--- unpivot takes from all its columns
SELECT kind, money FROM sales UNPIVOT (money FOR kind IN (pricepaid, commission))
--- unnested values come from the value
SELECT i.sku, n, e.userid FROM web.events e, e.props.items i AT n
--- unnesting alone decides which rows there are
SELECT e.userid FROM web.events e, e.props.items i
--- hierarchies look at what they join by
SELECT city, level FROM users START WITH likes CONNECT BY PRIOR userid = userid + 1
