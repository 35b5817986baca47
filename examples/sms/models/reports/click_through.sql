/*
 * @every 5m
 * @tags  rates
 * @sort  day
 * @doc   Of the messages that arrived, the share whose link was opened, in
 *        percent, by campaign type and day.
 */
WITH opened AS (
  SELECT message_id, count(*) AS clicks FROM smslogs.clicks GROUP BY message_id
)
SELECT
  c.campaign_type,
  trunc(s.sent_at) AS day,
  count(*) AS delivered,
  count(o.message_id) AS clicked,
  coalesce(sum(o.clicks), 0) AS clicks,
  round(100.0 * clicked / delivered, 2) AS click_through_rate
FROM
  smslogs.sends AS s
  JOIN smslogs.campaigns AS c ON c.campaign_id = s.campaign_id
  JOIN staging.last_status AS l ON l.message_id = s.message_id
    AND l.status = 'delivered'
  LEFT JOIN opened AS o ON o.message_id = s.message_id
GROUP BY 1, 2
