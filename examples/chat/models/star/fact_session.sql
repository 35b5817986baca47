/*
 * @key  session_id
 * @sort started_at
 * @doc  One row for each session. Messages without a time belong to none.
 */
SELECT session_id, bot_id, channel, user_id,
       MIN(sent_at) AS started_at,
       MAX(sent_at) AS ended_at,
       COUNT(*) AS messages,
       SUM(CASE WHEN direction = 'user' THEN 1 ELSE 0 END) AS user_messages,
       DATEDIFF(millisecond, MIN(sent_at), MAX(sent_at)) AS duration_ms
FROM star.fact_message
WHERE session_id IS NOT NULL
GROUP BY session_id, bot_id, channel, user_id
