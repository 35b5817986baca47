--- a filter
SELECT o.id FROM shop.orders o WHERE o.amount > 10

--- an inner join
SELECT o.id, c.name FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id

--- a left join
SELECT c.id, o.amount FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id AND o.status = 'paid'

--- a full join
SELECT c.id, o.id AS order_id FROM shop.customers c FULL JOIN shop.orders o ON o.customer_id = c.id

--- NOT IN
SELECT c.id FROM shop.customers c WHERE c.id NOT IN (SELECT o.customer_id FROM shop.orders o)

--- NOT EXISTS
SELECT c.id FROM shop.customers c WHERE NOT EXISTS (SELECT 1 FROM shop.orders o WHERE o.customer_id = c.id)

--- a subquery that looks at no row outside
SELECT o.id FROM shop.orders o WHERE EXISTS (SELECT 1 FROM shop.returns r WHERE r.reason = 'recall')

--- the label
SELECT o.id FROM shop.orders o WHERE o.ordered_at >= GETDATE() - 30

--- sums and counts
SELECT o.status, COUNT(*) AS n, SUM(o.amount) AS total FROM shop.orders o GROUP BY o.status

--- extremes
SELECT o.status, MIN(o.amount) AS low, MAX(o.amount) AS high FROM shop.orders o GROUP BY o.status

--- a deviation
SELECT o.status, STDDEV(o.price) AS s FROM shop.orders o GROUP BY o.status

--- all rows as one group
SELECT MAX(o.amount) AS high FROM shop.orders o

--- DISTINCT
SELECT DISTINCT o.status FROM shop.orders o

--- affected groups
SELECT o.status, MEDIAN(o.amount) AS middle FROM shop.orders o GROUP BY o.status

--- affected partitions
SELECT o.id FROM shop.orders o QUALIFY ROW_NUMBER() OVER (PARTITION BY o.customer_id ORDER BY o.ordered_at) = 1

--- a key that is an expression
SELECT TRUNC(o.ordered_at) AS day, MEDIAN(o.amount) AS middle FROM shop.orders o GROUP BY 1

--- EXCEPT ALL
SELECT c.id FROM shop.customers c EXCEPT ALL SELECT p.id FROM shop.products p
