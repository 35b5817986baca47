/*
 * @every 5m
 * @key   campaign_type
 * @doc   One line for each campaign type, over all days: a view on the views of
 *        the three rates.
 */
SELECT
  d.campaign_type,
  count(*) AS days,
  sum(d.sent) AS sent,
  sum(d.delivered) AS delivered,
  sum(k.clicked) AS clicked,
  sum(r.answered) AS answered,
  round(100.0 * sum(d.delivered) / sum(d.sent), 1) AS delivery_rate,
  round(100.0 * sum(k.clicked) / sum(d.delivered), 1) AS click_through_rate,
  round(100.0 * sum(r.answered) / sum(d.sent), 1) AS reply_rate
FROM
  reports.delivery_rate AS d
  LEFT JOIN reports.click_through AS k ON k.campaign_type = d.campaign_type
    AND k.day = d.day
  LEFT JOIN reports.reply_rate AS r ON r.campaign_type = d.campaign_type
    AND r.day = d.day
WHERE d.campaign_type IS NOT NULL
GROUP BY d.campaign_type
HAVING sum(d.delivered) > 0
