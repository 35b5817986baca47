--- types and conversions
SELECT userid / 2 AS a, pricepaid / 3 AS b, avg(qtysold) AS c, sum(qtysold) AS d, avg(pricepaid) AS e, CAST(saletime AS varchar(10)) AS f, 1e3 AS g FROM sales GROUP BY 1, 2, 6
--- qualify
SELECT city, city AS "condition" FROM users WHERE userid > 1 QUALIFY row_number() OVER (PARTITION BY state ORDER BY userid) = 1 ORDER BY upper(city), 1 LIMIT 5
--- qualify with two outputs of a name
SELECT u.city, s.city FROM users u JOIN users s ON u.userid = s.userid QUALIFY count(*) OVER () > 1
--- groups
SELECT date_trunc('month', joined) AS m, m + INTERVAL '1 day' AS d, 'x' AS c, count(*) AS n FROM users GROUP BY m, c HAVING count(*) > 1
--- group by all
SELECT city, 'x' AS c, count(*) AS n FROM users GROUP BY ALL
--- group by all of nothing
SELECT count(*) AS n FROM users GROUP BY ALL
--- qualify with distinct
SELECT DISTINCT city FROM users QUALIFY row_number() OVER (PARTITION BY state ORDER BY userid) = 1 ORDER BY city
--- distinct in an order of its own
SELECT DISTINCT upper(city) AS c FROM users ORDER BY upper(city) DESC
--- lists
SELECT city, listagg(DISTINCT firstname, ', ') WITHIN GROUP (ORDER BY firstname) AS l, listagg(state) AS s FROM users GROUP BY city
--- lists in windows
SELECT userid, listagg(firstname, ', ') WITHIN GROUP (ORDER BY joined DESC) OVER (PARTITION BY city) AS l FROM users
--- percentiles
SELECT median(pricepaid) AS a, percentile_cont(0.25) WITHIN GROUP (ORDER BY saletime DESC) AS b, percentile_disc(0.5) WITHIN GROUP (ORDER BY qtysold) AS c FROM sales
--- percentiles in windows
SELECT median(qtysold) OVER (PARTITION BY listid) AS a FROM sales
--- nulls that are ignored
SELECT lag(qtysold, 2) IGNORE NULLS OVER (ORDER BY salesid) AS a, lead(qtysold) IGNORE NULLS OVER (ORDER BY salesid) AS b, first_value(qtysold IGNORE NULLS) OVER (ORDER BY salesid ROWS UNBOUNDED PRECEDING) AS c FROM sales
--- dates
SELECT dateadd(month, 1, saletime) AS a, dateadd(year, 1, saletime) AS b, datediff(day, saletime, getdate()) AS c, extract(ms FROM saletime) AS d, last_day(saletime) AS e FROM sales
--- super
SELECT e.props.a.b::int AS a, json_serialize(e.props) AS b, i.sku::varchar AS c, n AS d FROM web.events e, e.props.items i AT n WHERE e.props.c[0] = 1
--- attributes
SELECT v AS a, k AS b FROM web.events e, UNPIVOT e.props AS v AT k
--- values that may not convert
SELECT TRY_CAST(city AS integer) AS a, TRY_CAST(qtysold AS smallint) AS b, TRY_CAST('x' AS date) AS c FROM users, sales WHERE users.userid = sales.userid
--- words
SELECT userid AS "user", city AS "select", state AS "left" FROM users AS "table"
--- functions that it lacks
SELECT sha1(city) AS a, regexp_substr(city, 'a', 1, 2) AS b, levenshtein(city, state) AS c FROM users
--- patterns
SELECT city ~ 'a\\d+[^]x]' AS a, city ~ '\\bx' AS b, city ~ state AS c, regexp_replace(city, 'a+?', 'b') AS d, regexp_count(city, '(?i)a') AS e, regexp_replace(city, '(a)', '$1') AS f, city ~ '***=a' AS g FROM users
--- extremes
SELECT min(props) AS a, max(likes) AS b FROM web.events JOIN users ON users.userid = events.userid
--- formats
SELECT to_char(saletime, 'YYYY "FF1" HH24') AS a, to_char(saletime, 'SS.FF3') AS b FROM sales
--- offsets of nulls
SELECT lag(qtysold, userid) IGNORE NULLS OVER (ORDER BY salesid) AS a, lead(qtysold, 0) IGNORE NULLS OVER (ORDER BY salesid) AS b FROM sales
--- long names
SELECT city AS a_name_of_more_than_sixty_three_bytes_which_postgresql_would_cut_short FROM users AS an_alias_of_more_than_sixty_three_bytes_that_postgresql_would_cut
--- intervals as text
SELECT CAST(INTERVAL '1 day' AS varchar) AS a, sha2(city, userid) AS b FROM users
--- full joins that run
SELECT count(*) AS n FROM users u FULL JOIN sales s ON s.userid + 1 = u.userid AND s.qtysold > 1 FULL JOIN public.numbers ON true
--- full joins that do not
SELECT count(*) AS n FROM users u FULL JOIN sales s ON u.userid + s.userid = 3 FULL JOIN web.events e ON e.userid = 1 OR e.userid = u.userid FULL JOIN public.numbers d ON u.userid = s.userid
--- functions of families with a way around
SELECT crc32(city) AS a, fnv_hash(city) AS b, array_distinct(split_to_array(city)) AS c, from_hex('61') AS d, mode(city) OVER (PARTITION BY state) AS e FROM users
--- a key that is a condition, negated
SELECT NOT salesid > 2 AS few, count(*) AS n FROM sales GROUP BY salesid > 2 HAVING NOT salesid > 2
