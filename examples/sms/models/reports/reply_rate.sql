/*
 * @every 5m
 * @tags  rates
 * @sort  day
 * @doc   Of the messages sent, the share that was answered, in percent, and how
 *        many of the answers were STOP, by campaign type and day.
 */
WITH answered AS (
  SELECT
    in_reply_to AS message_id,
    max(CASE WHEN upper(trim(body)) = 'STOP' THEN 1 ELSE 0 END) AS stop
  FROM smslogs.received
  WHERE in_reply_to IS NOT NULL
  GROUP BY 1
)
SELECT
  c.campaign_type,
  trunc(s.sent_at) AS day,
  count(*) AS sent,
  count(a.message_id) AS answered,
  coalesce(sum(a.stop), 0) AS opted_out,
  round(100.0 * answered / sent, 2) AS reply_rate
FROM
  smslogs.sends AS s
  JOIN smslogs.campaigns AS c ON c.campaign_id = s.campaign_id
  LEFT JOIN answered AS a ON a.message_id = s.message_id
GROUP BY 1, 2
