--- a recursive query
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT i FROM n
--- a hierarchical query
SELECT userid FROM users
START WITH userid = 1 CONNECT BY PRIOR userid = userid - 1
--- a subquery as a key
SELECT (SELECT max(s.salesid) FROM sales s WHERE s.userid = u.userid) AS m, count(*) AS n FROM users u
GROUP BY m
--- a subquery that reads an expression of a key by its name
SELECT upper(city) AS c, (SELECT count(*) FROM sales WHERE 'x' < c) AS m FROM users GROUP BY city
--- a subquery that reads a column that is left out, by its name
SELECT *, userid + 1 AS next, (SELECT count(*) FROM sales WHERE salesid < next) AS m EXCLUDE next FROM users
--- a column that USING makes of two types
SELECT eventid FROM (SELECT userid AS eventid FROM users) u
FULL JOIN (SELECT url AS eventid FROM web.events) e USING (eventid)
