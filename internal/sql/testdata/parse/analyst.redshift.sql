--- delivery by campaign type and day
SELECT c.campaign_type, trunc(s.sent_at) AS day, d.status, count(*) AS messages
FROM
  smslogs.sends AS s
  JOIN smslogs.campaigns AS c ON c.campaign_id = s.campaign_id
  LEFT JOIN smslogs.deliveries AS d ON d.message_id = s.message_id
GROUP BY 1, 2, 3

--- delivery rate
SELECT
  campaign_type,
  day,
  sum(CASE WHEN status = 'delivered' THEN messages ELSE 0 END)::double precision
  / nullif(sum(messages), 0) AS delivery_rate
FROM reports.delivery
GROUP BY campaign_type, day
ORDER BY day DESC, delivery_rate

--- click-through rate
WITH clicked AS (SELECT DISTINCT message_id FROM smslogs.clicks)
SELECT s.campaign_id, count(c.message_id) * 100.0 / count(*) AS ctr
FROM smslogs.sends AS s LEFT JOIN clicked AS c USING (message_id)
GROUP BY s.campaign_id
HAVING count(*) >= 100

--- a file header before the query
SELECT 1 AS one

--- the sum of a substring
SELECT sum(substring(amount, 2)) AS total FROM billing.payments

--- sessions by the gap between rows
SELECT
  user_id,
  event_at,
  sum(CASE WHEN event_at - prev <= INTERVAL '10 seconds' THEN 0 ELSE 1 END) OVER (
    PARTITION BY user_id
    ORDER BY event_at
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS session_number
FROM
  (
    SELECT
      user_id,
      event_at,
      lag(event_at) OVER (PARTITION BY user_id ORDER BY event_at) AS prev
    FROM web.events
  ) AS e

--- the latest row of each key
SELECT *
FROM
  (
    SELECT t.*, row_number() OVER (PARTITION BY id ORDER BY updated_at DESC) AS rn
    FROM src.t
  )
WHERE rn = 1

--- the latest row of each key, by qualify
SELECT * EXCLUDE (rn)
FROM src.t
QUALIFY row_number() OVER (PARTITION BY id ORDER BY updated_at DESC) = 1

--- retention by cohort
WITH first_seen AS (
  SELECT user_id, date_trunc('month', min(seen_at)) AS cohort
  FROM web.visits
  GROUP BY user_id
)
SELECT
  f.cohort,
  datediff(month, f.cohort, date_trunc('month', v.seen_at)) AS months_later,
  count(DISTINCT v.user_id) AS users
FROM first_seen AS f JOIN web.visits AS v ON v.user_id = f.user_id
GROUP BY 1, 2
ORDER BY 1, 2

--- running total
SELECT
  day,
  revenue,
  sum(revenue) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running
FROM daily

--- moving average
SELECT
  day,
  avg(revenue) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS week_avg
FROM daily

--- share of the total
SELECT
  name,
  revenue / sum(revenue) OVER () AS share,
  ratio_to_report(revenue) OVER (PARTITION BY region)
FROM sales

--- top three of each group
SELECT region, name
FROM
  (
    SELECT
      region,
      name,
      dense_rank() OVER (PARTITION BY region ORDER BY revenue DESC) AS r
    FROM sales
  ) AS s
WHERE s.r <= 3

--- gaps in a sequence
SELECT a.id + 1 AS gap_start
FROM t AS a
WHERE NOT EXISTS (SELECT NULL FROM t AS b WHERE b.id = a.id + 1)

--- anti join
SELECT a.* FROM a LEFT JOIN b ON a.id = b.id WHERE b.id IS NULL

--- correlated subquery
SELECT
  c.id,
  (SELECT max(o.created_at) FROM orders AS o WHERE o.customer_id = c.id) AS last_order
FROM customers AS c

--- pivot by case
SELECT
  customer_id,
  sum(CASE WHEN channel = 'web' THEN 1 ELSE 0 END) AS web,
  sum(CASE WHEN channel = 'app' THEN 1 ELSE 0 END) AS app
FROM visits
GROUP BY customer_id

--- fields of json text
SELECT
  json_extract_path_text(payload, 'campaign', 'id')::integer AS campaign_id,
  json_array_length(json_extract_path_text(payload, 'items'))
FROM logs

--- dates
SELECT
  dateadd(day, -7, getdate()),
  datediff(minute, started_at, nvl(ended_at, SYSDATE)),
  last_day(CURRENT_DATE),
  to_char(d, 'YYYY-MM-DD'),
  EXTRACT(dow FROM d),
  date_part('week', d)
FROM t

--- time zones
SELECT
  convert_timezone('UTC', 'Europe/Berlin', created_at),
  created_at AT TIME ZONE 'UTC'
FROM t

--- text
SELECT
  initcap(TRIM(BOTH ' ' FROM name)),
  split_part(email, '@', 2),
  replace(phone, '-', ''),
  regexp_replace(x, '[^0-9]', ''),
  len(y),
  upper(left(z, 1)) || substring(z, 2)
FROM t

--- a regular expression with backslashes
SELECT regexp_substr(url, '\\d+\\.\\d+') FROM t WHERE url ~ '^https?://'

--- buckets
SELECT
  CASE
    WHEN amount < 10 THEN '0-10'
    WHEN amount BETWEEN 10 AND 100 THEN '10-100'
    ELSE '100+'
  END AS bucket,
  count(*)
FROM t
GROUP BY 1

--- listagg of tags
SELECT id, listagg(DISTINCT label, ',') WITHIN GROUP (ORDER BY label) AS tags
FROM t
GROUP BY id

--- a date spine
WITH RECURSIVE days (d) AS (
  SELECT DATE '2026-01-01'
  UNION ALL
  SELECT dateadd(day, 1, d)::date
  FROM days
  WHERE d < DATE '2026-01-31'
)
SELECT d
FROM days

--- differences between two tables
SELECT *
FROM a
EXCEPT
SELECT *
FROM b
UNION ALL
(SELECT * FROM b EXCEPT SELECT * FROM a)

--- full outer join with coalesce
SELECT coalesce(a.id, b.id) AS id, nvl(a.x, 0) + nvl(b.x, 0) AS x
FROM a FULL JOIN b ON a.id = b.id

--- lateral alias
SELECT price * quantity AS gross, gross * 0.19 AS tax FROM lines

--- latest by join on max
SELECT t.*
FROM
  t
  JOIN (SELECT id, max(version) AS version FROM t GROUP BY id) AS m ON m.id = t.id
    AND m.version = t.version

--- medians
SELECT
  region,
  median(amount),
  percentile_cont(0.9) WITHIN GROUP (ORDER BY amount),
  APPROXIMATE percentile_disc(0.99) WITHIN GROUP (ORDER BY amount)
FROM t
GROUP BY region

--- approximate distinct
SELECT APPROXIMATE count(DISTINCT user_id)
FROM web.events
WHERE event_at >= '2026-01-01' AND event_at < '2026-02-01'

--- having without group
SELECT count(*) FROM t HAVING count(*) > 0

--- union of many
SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5

--- in with a list of strings
SELECT *
FROM t
WHERE lower(country) IN ('de', 'at', 'ch') AND created_at::date = CURRENT_DATE - 1

--- semi join
SELECT *
FROM customers
WHERE
  id IN (
    SELECT customer_id FROM orders WHERE created_at > dateadd(month, -1, CURRENT_DATE)
  )

--- conditional join
SELECT *
FROM
  a
  JOIN b ON a.x = b.x
    AND (b.valid_to IS NULL OR a.at BETWEEN b.valid_from AND b.valid_to)

--- several joins of one table
SELECT m.id, s.name AS sender, r.name AS receiver
FROM
  messages AS m
  LEFT JOIN users AS s ON s.id = m.sender_id
  LEFT JOIN users AS r ON r.id = m.receiver_id

--- customer health
SELECT
  t.customer_id,
  0.4 * t.csat + 0.3 * e.engagement + 0.3 * least(l.ltv / 1000, 1) AS health
FROM
  support.csat AS t
  JOIN web.engagement AS e USING (customer_id)
  JOIN billing.ltv AS l USING (customer_id)
WHERE health IS NOT NULL
ORDER BY health NULLS FIRST
LIMIT 50

--- sessions per bot and channel
SELECT
  bot_id,
  channel,
  count(DISTINCT session_id) AS sessions,
  count(*)::decimal(18,2) / count(DISTINCT session_id) AS messages_per_session
FROM chat.message_sessions
GROUP BY GROUPING SETS ((bot_id, channel), bot_id, ())

--- names in quotes from a spreadsheet
SELECT "order id", "unit price (€)" * qty AS total FROM import."sheet 1"

--- unpivoting a wide table
SELECT id, metric, value
FROM
  (SELECT id, clicks, views FROM stats) UNPIVOT (value FOR metric IN (clicks, views)) AS u

--- arrays in a document
SELECT o.id, i.sku, i.qty::integer
FROM shop.orders AS o, o.doc.items AS i
WHERE i.qty > 1 AND o.doc.lines[0].sku IS NOT NULL

--- comparisons of pairs
SELECT * FROM a WHERE (x, y) IN (SELECT x, y FROM b) AND (x, y) <> (1, 2)

--- greatest and least
SELECT
  greatest(a, b, c),
  least(a, b, c),
  nullif(a, b),
  decode(a, 1, 'one', 2, 'two', 'many')
FROM t

--- bits of flags
SELECT flags & 4 = 4, flags | 1 # 2, flags >> 2 & 1 FROM t

--- negative numbers
SELECT -1, -1, 1 - -1, abs(-1), -1, x - -1 FROM t WHERE y > -5 AND z IN (-1, -2)

--- windows over aggregates
SELECT
  region,
  sum(amount),
  sum(sum(amount)) OVER (ORDER BY region),
  rank() OVER (ORDER BY sum(amount) DESC)
FROM sales
GROUP BY region

--- first and last value
SELECT DISTINCT
  user_id,
  first_value(page) IGNORE NULLS OVER (
    PARTITION BY user_id
    ORDER BY at
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS landing
FROM visits

--- ntile
SELECT quartile, min(amount), max(amount)
FROM (SELECT amount, ntile(4) OVER (ORDER BY amount) AS quartile FROM sales)
GROUP BY quartile
ORDER BY quartile

--- exists in a case
SELECT
  id,
  CASE
    WHEN EXISTS (SELECT 1 FROM refunds AS r WHERE r.order_id = o.id) THEN 'refunded'
    ELSE 'kept'
  END
FROM orders AS o

--- boolean columns
SELECT is_active, NOT is_deleted AND is_verified, count(*)
FROM users
GROUP BY is_active, 2

--- concatenation with nulls
SELECT nvl(first_name, '') || ' ' || nvl(last_name, '') AS name
FROM users
WHERE (first_name || last_name) IS NOT NULL

--- comments everywhere
SELECT id, name FROM t WHERE TRUE

--- like with underscore
SELECT *
FROM t
WHERE name LIKE '\\_%' OR name NOT ILIKE '%test%' OR name SIMILAR TO '(a|b)%'

--- dates in between
SELECT *
FROM t
WHERE
  created_at BETWEEN '2026-01-01' AND '2026-01-31 23:59:59'
  AND day NOT BETWEEN DATE '2026-01-10' AND DATE '2026-01-12'

--- arithmetic on dates
SELECT
  CURRENT_DATE - 7,
  d2 - d1,
  ts + INTERVAL '1 hour',
  ts - INTERVAL '30' MINUTE,
  trunc(ts)
FROM t

--- set operations in a subquery
SELECT count(*)
FROM (SELECT id FROM a INTERSECT SELECT id FROM b EXCEPT SELECT id FROM c) AS x

--- order by an expression
SELECT name FROM t ORDER BY CASE WHEN name = 'other' THEN 1 ELSE 0 END, lower(name)

--- offset without order
SELECT * FROM t LIMIT 10 OFFSET 0

--- casting chain
SELECT
  (x::varchar(256) || 'px')::varchar(10),
  x::decimal(10,2)::varchar(256),
  ('0' || m::integer)::char(3)
FROM t

--- hash of several columns
SELECT md5(a || '|' || b), sha2(c, 256), func_sha1(d), strtol('ff', 16) FROM t

--- nested with
WITH a AS (WITH b AS (SELECT 1 AS x) SELECT x FROM b)
SELECT *
FROM a
WHERE x IN (WITH c AS (SELECT 1) SELECT * FROM c)

--- tables of another database
SELECT * FROM prod.public.users AS u JOIN dev.public.users AS d ON u.id = d.id

--- counting distinct pairs
SELECT count(DISTINCT a || '-' || b), count(DISTINCT CASE WHEN x THEN y END) FROM t
