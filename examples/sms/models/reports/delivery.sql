/*
 * @schema reports
 * @name   delivery
 * @every  5m
 * @doc    Messages by campaign type, day and status
 */
SELECT c.campaign_type, trunc(s.sent_at) AS day, d.status, count(*) AS messages
FROM
  smslogs.sends AS s
  JOIN smslogs.campaigns AS c ON c.campaign_id = s.campaign_id
  LEFT JOIN smslogs.deliveries AS d ON d.message_id = s.message_id
GROUP BY 1, 2, 3
