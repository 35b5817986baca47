/*
 * @every 1h
 * @tags  daily
 * @key   day
 * @sort  day
 * @doc   What went out and came in on each day, campaign or not, with the
 *        messages sent since the beginning of the month.
 */
WITH traffic AS (
  SELECT trunc(sent_at) AS day, 1 AS sent, 0 AS received, 0 AS clicks
  FROM smslogs.sends
  UNION ALL
  SELECT trunc(received_at), 0, 1, 0
  FROM smslogs.received
  UNION ALL
  SELECT trunc(clicked_at), 0, 0, 1
  FROM smslogs.clicks
),
days AS (
  SELECT day, sum(sent) AS sent, sum(received) AS received, sum(clicks) AS clicks
  FROM traffic
  GROUP BY day
)
SELECT
  day,
  sent,
  received,
  clicks,
  sum(sent) OVER (
    PARTITION BY date_trunc('month', day)
    ORDER BY day
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS sent_this_month
FROM days
