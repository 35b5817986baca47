--- formats
SELECT to_char(saletime, 'YYYY TZ') AS a, to_date('x', 'Month DD') AS b, to_char(1, '9PR') AS c, to_number('1', 'RN') AS d FROM sales
--- literals of the wrong form
SELECT date '2026-02-30' AS a, saletime > 'yesterday' AS b, qtysold + 'x' AS c, interval '3 parsecs' AS d FROM sales
--- date parts
SELECT dateadd(dow, 1, saletime) AS a, datediff(epoch, saletime, saletime) AS b, date_trunc('fortnight', saletime) AS c FROM sales
--- a date part that no function takes
SELECT dateadd(fortnight, 1, saletime) AS a, datediff(fortnight, saletime, saletime) AS b FROM sales
--- time zones
SELECT convert_timezone('XYZ', saletime) AS a FROM sales
--- digits that are not literals
SELECT round(pricepaid, qtysold) AS a FROM sales
--- percentiles that are not literals
SELECT percentile_cont(qtysold) WITHIN GROUP (ORDER BY pricepaid) AS a FROM sales GROUP BY qtysold
--- ordered distinct lists
SELECT listagg(DISTINCT city) WITHIN GROUP (ORDER BY joined) AS a FROM users
--- distinct floating-point numbers in their order
SELECT listagg(DISTINCT f8) WITHIN GROUP (ORDER BY f8) AS a FROM numbers
--- parameters of regular expressions
SELECT regexp_substr(city, '(a', 1, 1, 'e') AS a, regexp_replace(city, 'a', 'b', 1, 'g') AS b, regexp_instr(city, 'a', 1, 1, 0, 'I') AS c FROM users
--- patterns of SIMILAR TO
SELECT city SIMILAR TO '(a' AS a, city SIMILAR TO 'a\\' AS b, city SIMILAR TO 'a' ESCAPE 'xy' AS c FROM users
--- scale beyond 37
SELECT cast(1 AS decimal(38,20)) * cast(1 AS decimal(38,20)) AS a
--- patterns that are none
SELECT regexp_substr(city, '(') AS a, city ~ '[a' AS b, regexp_count(city, '(?=x)') AS c FROM users
--- SUPER values in order
SELECT DISTINCT props AS p FROM web.events ORDER BY p
--- extremes of SUPER values
SELECT min(props) AS a, max(props.x) AS b, any_value(props) AS c FROM web.events
--- subqueries that outer joins would compute for pairs of rows
SELECT s.salesid FROM sales s
LEFT JOIN users u ON u.userid = s.salesid AND EXISTS (SELECT 1 FROM sales o WHERE o.salesid = s.salesid)
RIGHT JOIN users v ON v.userid = s.salesid AND (v.userid IN (SELECT qtysold FROM sales) OR s.salesid = 1)
FULL JOIN users w ON w.userid = s.salesid AND w.userid > (SELECT min(salesid) FROM sales)
--- outer joins whose conditions read a query around
SELECT (SELECT count(*) FROM users u LEFT JOIN users v ON v.userid = u.userid AND u.userid > s.salesid) AS n,
(SELECT count(*) FROM users u FULL JOIN users v ON v.userid IN (SELECT qtysold FROM sales WHERE salesid = s.salesid)) AS m FROM sales s
--- grouping sets that are all empty
SELECT count(*) AS n, (SELECT sum(qtysold) FROM sales GROUP BY (), GROUPING SETS (GROUPING SETS ((), ()))) AS m FROM sales GROUP BY GROUPING SETS ((), ())
--- what a row of looked-for values cannot have
SELECT userid, (userid, ROW_NUMBER() OVER (PARTITION BY qtysold ORDER BY salesid)) IN (SELECT userid, qtysold FROM sales) AS a FROM sales
WHERE (1, salesid) IN (SELECT userid, qtysold FROM sales)
--- nor in HAVING
SELECT userid FROM sales GROUP BY userid HAVING (userid, COUNT(*)) IN (SELECT userid, qtysold FROM sales) OR (userid, MAX(qtysold)) IN (SELECT userid, qtysold FROM sales)
