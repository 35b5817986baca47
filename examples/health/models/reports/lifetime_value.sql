/*
 * @every 120m
 * @key   customer_id
 * @doc   What each customer has ordered and paid so far. Money counts once it is
 *        paid; credit notes count against it.
 */
WITH paid AS (
    SELECT o.customer_id, SUM(i.amount) AS amount
    FROM billing.orders o
    JOIN billing.invoices i ON i.order_id = o.order_id
    WHERE i.paid_on IS NOT NULL
    GROUP BY o.customer_id
), ordered AS (
    SELECT customer_id,
           COUNT(*) AS orders,
           SUM(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) AS cancelled,
           MIN(ordered_at) AS first_order_at,
           MAX(ordered_at) AS last_order_at,
           COUNT(DISTINCT product) AS products
    FROM billing.orders
    GROUP BY customer_id
)
SELECT c.customer_id, c.segment,
       COALESCE(o.orders, 0) AS orders,
       COALESCE(o.cancelled, 0) AS cancelled,
       COALESCE(o.products, 0) AS products,
       o.first_order_at,
       o.last_order_at,
       COALESCE(p.amount, 0) AS lifetime_value
FROM billing.customers c
LEFT JOIN ordered o ON o.customer_id = c.customer_id
LEFT JOIN paid p ON p.customer_id = c.customer_id
