/*
 * @every 5m
 * @key   campaign_type
 * @doc   One line for each campaign type, over all days: a view on the views of
 *        the three rates.
 */
SELECT d.campaign_type,
       COUNT(*) AS days,
       SUM(d.sent) AS sent,
       SUM(d.delivered) AS delivered,
       SUM(k.clicked) AS clicked,
       SUM(r.answered) AS answered,
       ROUND(100.0 * SUM(d.delivered) / SUM(d.sent), 1) AS delivery_rate,
       ROUND(100.0 * SUM(k.clicked) / SUM(d.delivered), 1) AS click_through_rate,
       ROUND(100.0 * SUM(r.answered) / SUM(d.sent), 1) AS reply_rate
FROM reports.delivery_rate d
LEFT JOIN reports.click_through k ON k.campaign_type = d.campaign_type AND k.day = d.day
LEFT JOIN reports.reply_rate r ON r.campaign_type = d.campaign_type AND r.day = d.day
WHERE d.campaign_type IS NOT NULL
GROUP BY d.campaign_type
HAVING SUM(d.delivered) > 0
