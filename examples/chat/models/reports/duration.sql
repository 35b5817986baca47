/*
 * @every 1m
 * @doc   How long sessions of more than one message last, in milliseconds, by bot
 *        and channel: the median, and the longest.
 */
SELECT
  b.bot_name,
  s.channel,
  count(*) AS sessions,
  median(s.duration_ms) AS median_ms,
  max(s.duration_ms) AS longest_ms
FROM star.fact_session AS s JOIN star.dim_bot AS b ON b.bot_id = s.bot_id
WHERE s.messages > 1
GROUP BY b.bot_name, s.channel
