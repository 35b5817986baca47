/*
 * @every 120m
 * @key   customer_id
 * @doc   What each customer has ordered and paid so far. Money counts once it is
 *        paid; credit notes count against it.
 */
WITH paid AS (
  SELECT o.customer_id, sum(i.amount) AS amount
  FROM billing.orders AS o JOIN billing.invoices AS i ON i.order_id = o.order_id
  WHERE i.paid_on IS NOT NULL
  GROUP BY o.customer_id
),
ordered AS (
  SELECT
    customer_id,
    count(*) AS orders,
    sum(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) AS cancelled,
    min(ordered_at) AS first_order_at,
    max(ordered_at) AS last_order_at,
    count(DISTINCT product) AS products
  FROM billing.orders
  GROUP BY customer_id
)
SELECT
  c.customer_id,
  c.segment,
  coalesce(o.orders, 0) AS orders,
  coalesce(o.cancelled, 0) AS cancelled,
  coalesce(o.products, 0) AS products,
  o.first_order_at,
  o.last_order_at,
  coalesce(p.amount, 0) AS lifetime_value
FROM
  billing.customers AS c
  LEFT JOIN ordered AS o ON o.customer_id = c.customer_id
  LEFT JOIN paid AS p ON p.customer_id = c.customer_id
