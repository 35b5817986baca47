/*
 * @key  session_id
 * @sort started_at
 * @doc  One row for each session. Messages without a time belong to none.
 */
SELECT
  session_id,
  bot_id,
  channel,
  user_id,
  min(sent_at) AS started_at,
  max(sent_at) AS ended_at,
  count(*) AS messages,
  sum(CASE WHEN direction = 'user' THEN 1 ELSE 0 END) AS user_messages,
  datediff(millisecond, min(sent_at), max(sent_at)) AS duration_ms
FROM star.fact_message
WHERE session_id IS NOT NULL
GROUP BY session_id, bot_id, channel, user_id
