/*
 * @schema reports
 * @name   delivery
 * @every  5m
 * @doc    Messages by campaign type, day and status
 */
SELECT c.campaign_type, TRUNC(s.sent_at) AS day, d.status, COUNT(*) AS messages
FROM smslogs.sends s
JOIN smslogs.campaigns c ON c.campaign_id = s.campaign_id
LEFT JOIN smslogs.deliveries d ON d.message_id = s.message_id
GROUP BY 1, 2, 3
