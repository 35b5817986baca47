/*
 * @every 5m
 * @tags  rates
 * @sort  day
 * @doc   Of the messages sent, the share that arrived, in percent, by campaign
 *        type and day. Each message counts once, by its last status.
 */
SELECT
  c.campaign_type,
  trunc(s.sent_at) AS day,
  count(*) AS sent,
  sum(CASE WHEN l.status = 'delivered' THEN 1 ELSE 0 END) AS delivered,
  sum(CASE WHEN l.status IN ('failed', 'rejected') THEN 1 ELSE 0 END) AS failed,
  round(100.0 * delivered / sent, 2) AS delivery_rate
FROM
  smslogs.sends AS s
  JOIN smslogs.campaigns AS c ON c.campaign_id = s.campaign_id
  LEFT JOIN staging.last_status AS l ON l.message_id = s.message_id
GROUP BY 1, 2
