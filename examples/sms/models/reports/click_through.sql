/*
 * @every 5m
 * @tags  rates
 * @sort  day
 * @doc   Of the messages that arrived, the share whose link was opened, in
 *        percent, by campaign type and day.
 */
WITH opened AS (
    SELECT message_id, COUNT(*) AS clicks
    FROM smslogs.clicks
    GROUP BY message_id
)
SELECT c.campaign_type,
       TRUNC(s.sent_at) AS day,
       COUNT(*) AS delivered,
       COUNT(o.message_id) AS clicked,
       COALESCE(SUM(o.clicks), 0) AS clicks,
       ROUND(100.0 * clicked / delivered, 2) AS click_through_rate
FROM smslogs.sends s
JOIN smslogs.campaigns c ON c.campaign_id = s.campaign_id
JOIN staging.last_status l ON l.message_id = s.message_id AND l.status = 'delivered'
LEFT JOIN opened o ON o.message_id = s.message_id
GROUP BY 1, 2
