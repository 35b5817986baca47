--- columns, qualified and not
SELECT qtysold, u.city, public.sales.userid FROM public.users u JOIN public.sales ON u.userid = sales.userid
--- star
SELECT * FROM users
--- star of one table
SELECT s.*, u.city FROM users u JOIN sales s ON s.userid = u.userid
--- star without columns
SELECT * EXCLUDE (likes, amount, joined, state) FROM users
--- search path
SELECT eventid FROM web.events
--- names that Redshift gives
SELECT count(*), sum(userid), dateadd(day, 1, joined), datediff(day, joined, joined), date_part(day, joined), extract(day FROM joined),
       userid + 1, CASE WHEN likes THEN 1 ELSE 2 END, CASE WHEN likes THEN 1 ELSE userid END, userid::bigint, 1::bigint, nvl(city, ''),
       decode(city, 'a', 1), current_date, sysdate, trim(city), EXISTS (SELECT 1), (SELECT max(salesid) FROM sales), substring(city, 1)
FROM users GROUP BY userid, joined, likes, city
--- USING merges columns
SELECT *, userid, u.userid, s.userid FROM users u JOIN sales s USING (userid)
--- natural join
SELECT * FROM (SELECT userid, city FROM users) a NATURAL FULL JOIN (SELECT userid, salesid FROM sales) b
--- common table expressions, each in sight of the next
WITH a AS (SELECT userid AS id FROM users), b(x) AS (SELECT id + 1 FROM a) SELECT x, id FROM a JOIN b ON x = id
--- a CTE hides a relation
WITH users AS (SELECT 1 AS one) SELECT * FROM users
--- recursive
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n
--- correlated
SELECT city FROM users u WHERE EXISTS (SELECT 1 FROM sales WHERE userid = u.userid AND pricepaid > 10)
--- an inner name hides an outer one
SELECT (SELECT max(userid) FROM sales) AS m FROM users
--- lateral alias
SELECT userid * 2 AS twice, twice + 1 AS more FROM users
--- a column wins over an alias
SELECT userid * 2 AS city, city AS c FROM users
--- alias in WHERE, GROUP BY, HAVING and ORDER BY
SELECT upper(city) AS c, count(*) AS n FROM users WHERE c <> 'X' GROUP BY c HAVING n > 1 ORDER BY n DESC, c
--- positions
SELECT city, count(*) FROM users GROUP BY 1 ORDER BY 2 DESC, 1
--- column aliases of a table
SELECT a, b, c FROM users AS t(a, b, c)
--- subquery in FROM with column aliases
SELECT x FROM (SELECT userid, city FROM users) AS q(x, y)
--- qualify
SELECT userid, row_number() OVER (PARTITION BY city ORDER BY joined) AS n FROM users QUALIFY n = 1
--- named window
SELECT sum(qtysold) OVER (w ROWS UNBOUNDED PRECEDING) FROM sales WINDOW w AS (PARTITION BY userid ORDER BY saletime)
--- order by an expression of FROM
SELECT city FROM users ORDER BY lower(firstname), joined DESC
--- grouped expression in another spelling
SELECT cast(users.joined AS timestamp) FROM users GROUP BY joined::timestamp
--- the clock
SELECT count(*) FROM sales WHERE saletime > dateadd(day, -7, getdate())
--- cross join by accident
SELECT count(*) FROM users, sales WHERE users.city = 'Kent'
--- cross join by accident, in ON
SELECT count(*) FROM users u JOIN sales s ON u.userid = 1
--- cross join on purpose
SELECT count(*) FROM users CROSS JOIN sales
--- linked through a third table
SELECT count(*) FROM users u, sales s, web.events e WHERE u.userid = e.userid AND e.userid = s.userid
--- pivot keeps the columns it does not name
SELECT *, p.ca_total FROM (SELECT city, state, userid FROM users) PIVOT (sum(userid) AS total FOR state IN ('WA', 'CA' AS ca, NULL)) p
--- pivot names columns after constants
SELECT * FROM sales s PIVOT (avg(pricepaid) FOR qtysold IN (1, -2, 1 + 2, NULL AS none))
--- unpivot
SELECT u.*, money FROM sales UNPIVOT (money FOR kind IN (pricepaid, commission AS fee)) u
--- unpivot renamed
SELECT a, c FROM (SELECT i2, i4, s FROM numbers) UNPIVOT INCLUDE NULLS (v FOR n IN (i2, i4)) AS u (a, b, c)
--- unnesting
SELECT e.eventid, i, i.sku, i.parts[0].x, n, k, w FROM web.events e, e.props.items AS i AT n, UNPIVOT i.attrs AS w AT k
--- unnesting in joins and subqueries
SELECT e.eventid, l, l.l, (SELECT count(*) FROM l.x y WHERE y.ok = 1) AS c FROM web.events e LEFT JOIN e.props[0].list l ON l.a = e.userid
--- unnest as a function
SELECT u.item, u.item.a, pos, v, v.x FROM web.events e, UNNEST(e.props.items) WITH OFFSET AS u (item, pos), UNNEST(e.props.items) v
--- a table of the schema that an alias has the name of is read before it
SELECT users.city FROM public.users, web.events public
--- rows are compared value by value
SELECT u.userid FROM users u WHERE (u.userid, u.city) IN (SELECT s.userid, 'x' FROM sales s WHERE (s.listid, s.qtysold) > (1, u.userid)) AND (state, likes) <> ('WA', true)
--- aggregates of the query around
SELECT city, (SELECT sum(s.qtysold) + max(u.userid) FROM sales s WHERE s.userid = min(u.userid)) AS m FROM users u GROUP BY city
--- hierarchies
SELECT *, level, level + 1 AS next FROM users u JOIN sales s USING (userid) WHERE level < 3 START WITH u.city = 'Kent' CONNECT BY PRIOR s.listid = userid AND s.qtysold > 1
--- comparisons with NULL
SELECT 1 AS a FROM users WHERE city = NULL OR NULL <> state OR likes IN (NULL) OR NULL = NULL
