/*
 * @tags daily
 * @doc  Sessions, users and messages by bot and channel.
 */
SELECT
  b.bot_name,
  s.channel,
  count(*) AS sessions,
  count(DISTINCT s.user_id) AS users,
  sum(s.messages) AS messages,
  min(s.started_at) AS first_session
FROM star.fact_session AS s JOIN star.dim_bot AS b ON b.bot_id = s.bot_id
GROUP BY b.bot_name, s.channel
