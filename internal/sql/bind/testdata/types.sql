--- literals
SELECT 1 AS a, 3000000000 AS b, 1.50 AS c, .5 AS d, 1e3 AS e, 'text' AS f, NULL AS g, true AS h, date '2026-01-01' AS i, 99999999999999999999 AS j, interval '1 day' AS k, interval '1' year AS l
--- integer arithmetic
SELECT i2 + i2 AS a, i2 + i4 AS b, i4 * i8 AS c, i8 / i2 AS d, i4 % i2 AS e, -i2 AS f FROM numbers
--- decimal arithmetic
SELECT d + d AS a, d * d AS b, d / d AS c, d + i4 AS d, d * i2 AS e, d / i8 AS f, d % i4 AS g, 1.5 * 2.25 AS h FROM numbers
--- decimal division beyond 38 digits
SELECT cast(i8 AS decimal(19,2)) / (cast(i8 AS decimal(19,0)) / cast(i8 AS decimal(19,0))) AS a FROM numbers
--- floating point
SELECT f4 + f4 AS a, f4 + i4 AS b, f4 + d AS c, f8 + f4 AS d FROM numbers
--- text in arithmetic takes the other side's type
SELECT i4 + '1' AS a, '2.5' * d AS b FROM numbers
--- dates and intervals
SELECT joined + 1 AS a, joined - joined AS b, joined + interval '1 day' AS c, saletime - saletime AS d, saletime - interval '1 hour' AS e, joined - saletime AS f, interval '1 day' * 2 AS g FROM users, sales
--- aggregates
SELECT sum(i2) AS a, sum(i8) AS b, sum(d) AS c, sum(f4) AS d, sum(s) AS e, avg(i4) AS f, avg(d) AS g, avg(f8) AS h, count(*) AS i, median(i4) AS j, median(d) AS k, min(s) AS l, stddev(i4) AS m FROM numbers
--- percentiles
SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY d) AS a, percentile_disc(0.5) WITHIN GROUP (ORDER BY s) AS b, percentile_cont(0.5) WITHIN GROUP (ORDER BY f4) AS c FROM numbers
--- branches
SELECT CASE WHEN i4 = 1 THEN i2 ELSE i8 END AS a, coalesce(d, i4) AS b, nvl(NULL, s, 'x') AS c, CASE WHEN true THEN NULL ELSE d END AS d, coalesce(i8, d) AS e, greatest(i4, 2.5) AS f FROM numbers
--- set operations
SELECT i2 AS a, NULL AS b, 'x' AS c, d AS e FROM numbers UNION ALL SELECT i8, i4, s, 1.2345 FROM numbers
--- nested set operations
SELECT i2 AS a FROM numbers UNION (SELECT i4 FROM numbers INTERSECT SELECT d FROM numbers)
--- values
SELECT * FROM (VALUES (1, 'a', NULL), (2.5, NULL, DATE '2026-01-01')) v
--- functions
SELECT len(s) AS a, left(s, 2) AS b, s || s AS c, round(d) AS d, round(d, 1) AS e, floor(d) AS f, trunc(saletime) AS g, date_trunc('day', saletime) AS h, dateadd(day, 1, current_date) AS i, datediff(day, saletime, saletime) AS j, date_part(day, saletime) AS k, extract(day FROM saletime) AS l, to_char(saletime, 'YYYY') AS m, md5(s) AS n, to_number('1', '99D99') AS o, last_day(saletime) AS p FROM numbers CROSS JOIN sales
--- windows
SELECT row_number() OVER () AS a, lag(d) OVER (ORDER BY i4) AS b, lag(d, 1, 0) OVER (ORDER BY i4) AS c, ntile(4) OVER (ORDER BY i4) AS d, ratio_to_report(i4) OVER () AS e, sum(i4) OVER () AS f FROM numbers
--- numbers convert to text by themselves
SELECT left(i4, 2) AS a, i4 || s AS b, substring(d, 1, 1) AS c FROM numbers
--- comparisons
SELECT i4 = d AS a, i4 = '5' AS b, s = d AS c, s = i4 AS d, i4 IN (1, 2.5, NULL) AS e, f8 BETWEEN i4 AND d AS f, joined > '2026-01-01' AS g, joined < getdate() AS h FROM numbers CROSS JOIN users
--- conditions from text
SELECT likes = 'true' AS a, NOT 'f' AS b FROM users
--- subqueries
SELECT (SELECT max(d) FROM numbers) AS a, i4 IN (SELECT i8 FROM numbers) AS b, i4 > ALL (SELECT f8 FROM numbers) AS c FROM numbers
--- time zones
SELECT saletime AT TIME ZONE 'UTC' AS a, at AT TIME ZONE 'UTC' AS b, convert_timezone('UTC', saletime) AS c FROM sales, web.events WHERE sales.userid = events.userid
--- SUPER
SELECT props.a.b AS a, props.c[0].d AS b, props.n > 5 AS c, props.s = 'x' AS d, props.n::integer AS e FROM web.events
--- the longest literal of the branches decides
SELECT 'web' AS a, NULL AS b UNION ALL SELECT 'device', 'xy' UNION ALL SELECT 'tv', NULL
--- the longest literal of the rows decides
SELECT v.column1 AS a FROM (VALUES ('a'), ('bbb'), (NULL)) v
