/*
 * @every 60m
 * @key   customer_id
 * @doc   How customers with tickets were served: ratings, the median time to the
 *        first reply in minutes, and tickets that had to be opened again.
 */
SELECT
  t.customer_id,
  count(*) AS tickets,
  sum(CASE WHEN t.status = 'open' THEN 1 ELSE 0 END) AS open_tickets,
  count(m.rating) AS ratings,
  round(1.0 * sum(m.rating) / nullif(count(m.rating), 0), 2) AS rating,
  median(m.reply_minutes) AS median_reply_minutes,
  coalesce(sum(m.reopens), 0) AS reopens
FROM
  support.tickets AS t
  LEFT JOIN support.ticket_metrics AS m ON m.ticket_id = t.ticket_id
WHERE t.customer_id IS NOT NULL
GROUP BY t.customer_id
