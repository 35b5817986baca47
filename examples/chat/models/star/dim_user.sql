/*
 * @key user_id
 * @doc The users, without the names of those who gave no consent.
 */
SELECT
  user_id,
  CASE WHEN consent THEN name END AS name,
  coalesce(country, '??') AS country,
  trunc(signed_up) AS signed_up_on
FROM directory.users
