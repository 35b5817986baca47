/*
 * @every 60m
 * @key   customer_id
 * @doc   How customers with tickets were served: ratings, the median time to the
 *        first reply in minutes, and tickets that had to be opened again.
 */
SELECT t.customer_id,
       COUNT(*) AS tickets,
       SUM(CASE WHEN t.status = 'open' THEN 1 ELSE 0 END) AS open_tickets,
       COUNT(m.rating) AS ratings,
       ROUND(1.0 * SUM(m.rating) / NULLIF(COUNT(m.rating), 0), 2) AS rating,
       MEDIAN(m.reply_minutes) AS median_reply_minutes,
       COALESCE(SUM(m.reopens), 0) AS reopens
FROM support.tickets t
LEFT JOIN support.ticket_metrics m ON m.ticket_id = t.ticket_id
WHERE t.customer_id IS NOT NULL
GROUP BY t.customer_id
