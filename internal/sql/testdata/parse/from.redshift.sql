--- comma
SELECT * FROM a, b, s.c

--- alias
SELECT * FROM a AS x, b AS y, s.c AS z

--- alias with columns
SELECT * FROM a AS x (i, j), (SELECT 1, 2) AS y (k, l)

--- inner join
SELECT * FROM a JOIN b ON a.x = b.x

--- inner said
SELECT * FROM a JOIN b ON a.x = b.x

--- outer joins
SELECT *
FROM a LEFT JOIN b ON a.x = b.x RIGHT JOIN c ON b.y = c.y FULL JOIN d ON c.z = d.z

--- cross join
SELECT * FROM a CROSS JOIN b

--- natural joins
SELECT * FROM a NATURAL JOIN b NATURAL LEFT JOIN c

--- using
SELECT * FROM a JOIN b USING (x) LEFT JOIN c USING (x, y)

--- join after comma
SELECT * FROM a, b JOIN c ON b.x = c.x

--- the right side in parentheses
SELECT * FROM a LEFT JOIN (b JOIN c ON b.x = c.x) ON a.y = b.y

--- conditions at the end
SELECT * FROM a LEFT JOIN (b JOIN c ON b.x = c.x) ON a.y = b.y

--- parentheses on the left
SELECT * FROM a JOIN b ON a.x = b.x JOIN c ON TRUE

--- superfluous parentheses
SELECT * FROM a

--- old outer join
SELECT * FROM a, b WHERE a.x = b.x(+) AND b.y(+) > 1

--- subquery
SELECT * FROM (SELECT a FROM t) AS x

--- subquery without alias
SELECT * FROM (SELECT a FROM t)

--- subquery of a set operation
SELECT * FROM (SELECT a FROM t UNION SELECT a FROM u) AS x

--- subquery that starts with parentheses
SELECT * FROM (SELECT a FROM t UNION SELECT a FROM u) AS x

--- subquery with limit that starts with parentheses
SELECT * FROM ((SELECT a FROM t LIMIT 1) UNION ALL SELECT a FROM u) AS x

--- subquery in double parentheses
SELECT * FROM (SELECT a FROM t) AS x

--- joined subquery in parentheses
SELECT * FROM (SELECT 1 AS a) AS x JOIN (SELECT 2 AS b) AS y ON x.a = y.b

--- deep parentheses around joins
SELECT * FROM (SELECT 1 AS a) AS x CROSS JOIN u LEFT JOIN v ON TRUE

--- order inside parentheses
SELECT * FROM (SELECT a FROM t ORDER BY 1 LIMIT 1) AS x

--- table function
SELECT * FROM generate_series(1, 10) AS g (n)

--- table function of a schema
SELECT * FROM s.f(1)

--- unnesting
SELECT o.id, i.sku, n FROM orders AS o, o.items AS i AT n

--- unnesting a path
SELECT i FROM orders AS o, o.parts[0].items AS i AT n, o.a.b.c.d AS e

--- unpivoting an object
SELECT k, v FROM t, UNPIVOT t.attrs AS v AT k

--- unnest
SELECT * FROM t, unnest(t.items) AS i (item)

--- unnest with offset
SELECT * FROM t, unnest(t.items) WITH OFFSET AS i (item, n)

--- unnesting join
SELECT * FROM t LEFT JOIN t.items AS i ON TRUE

--- pivot
SELECT *
FROM
  (SELECT part, price FROM parts) PIVOT (
    avg(price)
    FOR part IN ('prop', 'rudder' AS r, NULL AS x))

--- pivot with aliases
SELECT * FROM t AS x PIVOT (sum(a) AS total FOR b IN (1 AS one, 2 AS two)) AS p (c, d)

--- unpivot
SELECT * FROM t UNPIVOT (cnt FOR color IN (red, green, blue))

--- unpivot with nulls
SELECT * FROM t UNPIVOT INCLUDE NULLS (cnt FOR color IN (red AS r, green AS g)) AS u

--- unpivot without nulls
SELECT * FROM t UNPIVOT (cnt FOR color IN (red))

--- pivot of a join
SELECT * FROM (a JOIN b ON TRUE) PIVOT (count(*) FOR x IN (1))

--- names like clauses
SELECT * FROM a AS "left", b AS "full" WHERE "left".x = "full".x

--- chains of joins
SELECT *
FROM
  a JOIN b USING (x) JOIN c USING (x) LEFT JOIN d USING (x) CROSS JOIN e,
  f NATURAL FULL JOIN g

--- nested joins on both sides
SELECT * FROM a CROSS JOIN b JOIN (c CROSS JOIN d) ON a.x = c.x

--- lateral-looking names
SELECT * FROM "lateral" AS l, "unnest" AS u

--- temporary tables
SELECT *, "#t".*, "#t".b # 3 FROM "#t" JOIN "#u" AS v ON "#t".a = v.a

--- a table with a star
SELECT * FROM t WHERE a = 1
