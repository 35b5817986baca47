/*
 * @doc How long sessions are, in messages: how many sessions there are of each
 *      length, by channel, and their share of the channel's sessions in percent.
 */
WITH lengths AS (
  SELECT channel, least(messages, 10) AS messages, count(*) AS sessions
  FROM star.fact_session
  GROUP BY 1, 2
)
SELECT
  channel,
  messages,
  sessions,
  round(100.0 * sessions / sum(sessions) OVER (PARTITION BY channel), 2) AS share
FROM lengths
