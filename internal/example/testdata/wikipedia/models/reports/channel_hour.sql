/* @doc Edits and bytes by channel and hour. */
SELECT channel, DATE_TRUNC('hour', edited_at) AS hour,
       COUNT(*) AS edits, SUM(added) AS added, SUM(deleted) AS deleted, SUM(net) AS net,
       COUNT(DISTINCT user_name) AS users,
       SUM(CASE WHEN is_robot THEN 1 ELSE 0 END) AS by_robots,
       COUNT(country_code) AS located
FROM wikipedia.edits
GROUP BY 1, 2
