/*
 * @every 30m
 * @key   customer_id
 * @doc   How much each customer uses what it bought, on the web and on devices.
 */
SELECT
  customer_id,
  count(*) AS events,
  sum(CASE WHEN source = 'web' THEN 1 ELSE 0 END) AS web_events,
  sum(CASE WHEN source = 'device' AND event = 'error' THEN 1 ELSE 0 END) AS device_errors,
  count(DISTINCT trunc(occurred_at)) AS active_days,
  max(occurred_at) AS last_seen_at
FROM staging.events
GROUP BY customer_id
