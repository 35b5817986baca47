/*
 * @doc How long sessions are, in messages: how many sessions there are of each
 *      length, by channel, and their share of the channel's sessions in percent.
 */
WITH lengths AS (
    SELECT channel, LEAST(messages, 10) AS messages, COUNT(*) AS sessions
    FROM star.fact_session
    GROUP BY 1, 2
)
SELECT channel, messages, sessions,
       ROUND(100.0 * sessions / SUM(sessions) OVER (PARTITION BY channel), 2) AS share
FROM lengths
