/*
 * @every 30m
 * @doc   Web and device events of known customers, in one shape.
 */
SELECT customer_id, occurred_at, 'web' AS source, page AS event
FROM events.web
WHERE customer_id IS NOT NULL
UNION ALL
SELECT customer_id, occurred_at, 'device', event
FROM events.devices
WHERE customer_id IS NOT NULL
