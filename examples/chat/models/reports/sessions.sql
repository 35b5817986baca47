/*
 * @tags daily
 * @doc  Sessions, users and messages by bot and channel.
 */
SELECT b.bot_name, s.channel,
       COUNT(*) AS sessions,
       COUNT(DISTINCT s.user_id) AS users,
       SUM(s.messages) AS messages,
       MIN(s.started_at) AS first_session
FROM star.fact_session s
JOIN star.dim_bot b ON b.bot_id = s.bot_id
GROUP BY b.bot_name, s.channel
