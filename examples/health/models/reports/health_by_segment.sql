/*
 * @every 240m
 * @tags  score
 * @doc   How many customers of each segment are healthy, to be watched and at
 *        risk, with their average score and what they paid.
 */
SELECT h.segment, h.grade,
       COUNT(*) AS customers,
       ROUND(1.0 * SUM(h.score) / COUNT(*), 1) AS average_score,
       SUM(v.lifetime_value) AS lifetime_value
FROM reports.health_score h
JOIN reports.lifetime_value v ON v.customer_id = h.customer_id
GROUP BY h.segment, h.grade
