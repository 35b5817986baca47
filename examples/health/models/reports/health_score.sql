/*
 * @every 240m
 * @key   customer_id
 * @tags  score
 * @doc   How each customer is doing, from 0 to 100: up to 40 points for what it
 *        paid, 30 for how it was served and 30 for how much it uses. Its rank is
 *        among the customers of its segment.
 */
WITH points AS (
  SELECT
    v.customer_id,
    v.segment,
    CASE
      WHEN v.lifetime_value >= 5000 THEN 40
      WHEN v.lifetime_value >= 1500 THEN 30
      WHEN v.lifetime_value >= 300 THEN 20
      WHEN v.lifetime_value > 0 THEN 10
      ELSE 0
    END AS value_points,
    CASE
      WHEN s.customer_id IS NULL THEN 20 -- no tickets: nothing to complain about
      WHEN s.rating IS NULL THEN 15
      ELSE CAST(floor(s.rating * 6) AS integer)
    END
    - least(coalesce(s.reopens, 0), 5) AS service_points,
    least(coalesce(e.active_days, 0), 30) AS usage_points,
    coalesce(e.device_errors, 0) AS device_errors
  FROM
    reports.lifetime_value AS v
    LEFT JOIN reports.satisfaction AS s ON s.customer_id = v.customer_id
    LEFT JOIN reports.engagement AS e ON e.customer_id = v.customer_id
),
scored AS (SELECT *, value_points + service_points + usage_points AS score FROM points)
SELECT
  customer_id,
  segment,
  value_points,
  service_points,
  usage_points,
  device_errors,
  score,
  CASE WHEN score >= 65 THEN 'healthy' WHEN score >= 35 THEN 'watch' ELSE 'at risk' END AS grade,
  rank() OVER (PARTITION BY segment ORDER BY score DESC) AS rank_in_segment
FROM scored
