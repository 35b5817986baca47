/*
 * @every 1m
 * @doc   Sessions that end with the user's message: nobody answered. By country
 *        and day, visitors who did not log in under '??'.
 */
WITH last_message AS (
    SELECT session_id, user_id, direction, sent_at
    FROM star.fact_message
    WHERE session_id IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (PARTITION BY session_id ORDER BY sent_at DESC, message_id DESC) = 1
)
SELECT COALESCE(u.country, '??') AS country,
       TRUNC(m.sent_at) AS day,
       COUNT(*) AS sessions,
       SUM(CASE WHEN m.direction = 'user' THEN 1 ELSE 0 END) AS unanswered
FROM last_message m
LEFT JOIN star.dim_user u ON u.user_id = m.user_id
GROUP BY 1, 2
