--- delivery rate
SELECT
  campaign_type,
  day,
  sum(CASE WHEN status = 'delivered' THEN messages ELSE 0 END)::double
  / nullif(sum(messages), 0) AS delivery_rate
FROM reports.delivery
GROUP BY campaign_type, day
ORDER BY day DESC, delivery_rate

--- a regular expression with backslashes
SELECT regexp_substr(url, '\d+\.\d+') FROM t WHERE url ~ '^https?://'

--- conditional join
SELECT *
FROM
  a
  JOIN b ON a.x = b.x
    AND (b.valid_to IS NULL OR a."at" BETWEEN b.valid_from AND b.valid_to)

--- first and last value
SELECT DISTINCT
  user_id,
  first_value(page IGNORE NULLS) OVER (
    PARTITION BY user_id
    ORDER BY "at"
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS landing
FROM visits

--- like with underscore
SELECT *
FROM t
WHERE name LIKE '\_%' OR name NOT ILIKE '%test%' OR name SIMILAR TO '(a|b)%'

--- casting chain
SELECT
  (x::varchar || 'px')::varchar,
  x::decimal(10,2)::varchar,
  ('0' || m::integer)::varchar
FROM t
