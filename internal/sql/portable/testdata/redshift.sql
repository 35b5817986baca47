--- as it is written
SELECT u.city, COUNT(*) AS n FROM users u WHERE u.joined < dateadd(day, -7, GETDATE()) GROUP BY 1 QUALIFY RANK() OVER (ORDER BY COUNT(*) DESC) < 3
--- clocks
SELECT getdate() AS a, sysdate AS b, current_date AS c FROM users
--- common table expressions keep their names
WITH users AS (SELECT 1 AS a) SELECT users.a, s.qtysold FROM users JOIN public.sales s ON true
--- filter
SELECT sum(qtysold) FILTER (WHERE userid > 1) AS a, count(*) FILTER (WHERE qtysold IS NULL) AS b FROM sales
--- named windows
SELECT rank() OVER w AS r FROM sales WINDOW w AS (ORDER BY qtysold)
--- is distinct from
SELECT userid FROM users WHERE city IS DISTINCT FROM state OR city IS NOT DISTINCT FROM 'Kent'
--- values as a table
SELECT a FROM (VALUES (1), (2)) v (a)
--- all of intersect and except
SELECT userid FROM users INTERSECT ALL SELECT userid FROM sales EXCEPT ALL SELECT 1
--- union all is there
SELECT userid FROM users UNION ALL SELECT userid FROM sales EXCEPT SELECT 1 MINUS SELECT 2
--- orders that differ
SELECT listagg(city) WITHIN GROUP (ORDER BY userid) AS a, listagg(state) WITHIN GROUP (ORDER BY userid DESC) AS b, median(userid) AS c FROM users
--- orders that are one
SELECT listagg(city) WITHIN GROUP (ORDER BY userid) AS a, listagg(state) WITHIN GROUP (ORDER BY userid) AS b, median(userid) AS c FROM users
--- orders of two queries
SELECT listagg(city) WITHIN GROUP (ORDER BY userid) AS a, (SELECT median(qtysold) FROM sales) AS b FROM users
--- recursion without columns
WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n FROM t
--- recursion with columns
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n FROM t
--- correlation over two levels
SELECT city FROM users u WHERE EXISTS (SELECT 1 FROM sales s WHERE s.qtysold > (SELECT count(*) FROM web.events e WHERE e.userid = u.userid))
--- functions of the embedded engine
SELECT levenshtein(city, state) AS l, list(city) AS c, gcd(3, 6) AS g FROM users GROUP BY 1
--- full joins that run
SELECT count(*) AS n FROM users u FULL JOIN sales s ON s.userid + 1 = u.userid AND s.qtysold > 1 FULL JOIN public.numbers ON true
--- full joins that do not
SELECT count(*) AS n FROM users u FULL JOIN sales s ON u.userid + s.userid = 3 FULL JOIN web.events e ON e.userid = 1 OR e.userid = u.userid FULL JOIN public.numbers d ON u.userid = s.userid
--- a key that is a condition, negated
SELECT NOT salesid > 2 AS few, count(*) AS n FROM sales GROUP BY salesid > 2 HAVING NOT salesid > 2
