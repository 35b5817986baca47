/*
 * @every 1m
 * @doc   Sessions that end with the user's message: nobody answered. By country
 *        and day, visitors who did not log in under '??'.
 */
WITH last_message AS (
  SELECT session_id, user_id, direction, sent_at
  FROM star.fact_message
  WHERE session_id IS NOT NULL
  QUALIFY
    row_number() OVER (PARTITION BY session_id ORDER BY sent_at DESC, message_id DESC) = 1
)
SELECT
  coalesce(u.country, '??') AS country,
  trunc(m.sent_at) AS day,
  count(*) AS sessions,
  sum(CASE WHEN m.direction = 'user' THEN 1 ELSE 0 END) AS unanswered
FROM last_message AS m LEFT JOIN star.dim_user AS u ON u.user_id = m.user_id
GROUP BY 1, 2
