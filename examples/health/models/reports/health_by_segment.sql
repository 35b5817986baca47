/*
 * @every 240m
 * @tags  score
 * @doc   How many customers of each segment are healthy, to be watched and at
 *        risk, with their average score and what they paid.
 */
SELECT
  h.segment,
  h.grade,
  count(*) AS customers,
  round(1.0 * sum(h.score) / count(*), 1) AS average_score,
  sum(v.lifetime_value) AS lifetime_value
FROM
  reports.health_score AS h
  JOIN reports.lifetime_value AS v ON v.customer_id = h.customer_id
GROUP BY h.segment, h.grade
