/*
 * @every 1m
 * @doc   How long sessions of more than one message last, in milliseconds, by bot
 *        and channel: the median, and the longest.
 */
SELECT b.bot_name, s.channel,
       COUNT(*) AS sessions,
       MEDIAN(s.duration_ms) AS median_ms,
       MAX(s.duration_ms) AS longest_ms
FROM star.fact_session s
JOIN star.dim_bot b ON b.bot_id = s.bot_id
WHERE s.messages > 1
GROUP BY b.bot_name, s.channel
