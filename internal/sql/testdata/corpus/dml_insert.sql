-- One row, in the order of the table.
INSERT INTO sms.sends VALUES (1, 'welcome', '2026-01-31 08:00:00');

-- Some columns, several rows, a default among them.
INSERT INTO sms.sends (send_id, campaign, sent_at, retries)
VALUES (1, 'welcome', GETDATE(), DEFAULT), (2, 'winter', NULL, 3);

INSERT INTO audit.runs DEFAULT VALUES;

INSERT INTO market.orders_archive SELECT * FROM market.orders WHERE ordered_at < DATEADD(year, -2, CURRENT_DATE);

INSERT INTO market.orders_archive (order_id, buyer_id, total)
(SELECT o.order_id, o.buyer_id, SUM(l.price * l.quantity)
 FROM market.orders o JOIN market.lines l ON l.order_id = o.order_id
 GROUP BY o.order_id, o.buyer_id);

INSERT INTO reports.active
WITH recent AS (SELECT user_id FROM web.events WHERE at > GETDATE() - INTERVAL '7 days')
SELECT user_id, COUNT(*) FROM recent GROUP BY 1;
