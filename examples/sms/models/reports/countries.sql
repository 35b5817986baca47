/*
 * @every 15m
 * @key   country
 * @doc   Customers by country: how many there are, how many were written to, and
 *        how many of them wrote at least once.
 */
SELECT
  c.country,
  count(*) AS customers,
  sum(
    CASE
      WHEN EXISTS (SELECT 1 FROM smslogs.sends AS s WHERE s.customer_id = c.customer_id) THEN 1
      ELSE 0
    END) AS reached,
  sum(
    CASE
      WHEN c.customer_id IN (
        SELECT customer_id FROM smslogs.received WHERE customer_id IS NOT NULL
      ) THEN 1
      ELSE 0
    END) AS active
FROM crm.customers AS c
GROUP BY c.country
