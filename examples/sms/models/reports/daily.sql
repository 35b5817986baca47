/*
 * @every 1h
 * @tags  daily
 * @key   day
 * @sort  day
 * @doc   What went out and came in on each day, campaign or not, with the
 *        messages sent since the beginning of the month.
 */
WITH traffic AS (
    SELECT TRUNC(sent_at) AS day, 1 AS sent, 0 AS received, 0 AS clicks FROM smslogs.sends
    UNION ALL
    SELECT TRUNC(received_at), 0, 1, 0 FROM smslogs.received
    UNION ALL
    SELECT TRUNC(clicked_at), 0, 0, 1 FROM smslogs.clicks
), days AS (
    SELECT day, SUM(sent) AS sent, SUM(received) AS received, SUM(clicks) AS clicks
    FROM traffic
    GROUP BY day
)
SELECT day, sent, received, clicks,
       SUM(sent) OVER (PARTITION BY DATE_TRUNC('month', day) ORDER BY day ROWS UNBOUNDED PRECEDING) AS sent_this_month
FROM days
