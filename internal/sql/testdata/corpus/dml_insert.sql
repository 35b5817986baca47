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

-- Values of every kind.
INSERT INTO types.numbers VALUES (-1, +2, 3.50, .5, 1e10, NULL, 12 / 5, ROUND(7.25, 1));
INSERT INTO types.times (a, b, c, d) VALUES (DATE '2026-01-31', TIME '08:30', TIMESTAMP '2026-01-31 08:30:00', INTERVAL '3' DAY);
INSERT INTO types.others (a, b, c) VALUES (TRUE, JSON_PARSE('{"tags": ["new", "vip"]}'), ARRAY(1, 2, 3));
INSERT INTO types.texts VALUES ('it''s', UPPER('x') || '-' || LOWER('Y'), '12'::varchar(4), CAST(5 AS char(1)));
INSERT INTO crm.users (user_id, joined) VALUES (1, CURRENT_DATE), (2, CURRENT_DATE - 7), (3, DATEADD(month, -1, CURRENT_DATE));
INSERT INTO settings VALUES (DEFAULT);
INSERT INTO settings VALUES (DEFAULT, DEFAULT), (DEFAULT, 'on');
INSERT INTO settings (name, value) VALUES ('limit', (SELECT MAX(n) FROM limits));
INSERT INTO settings VALUES (CASE WHEN GETDATE() > '2026-06-01' THEN 'summer' ELSE 'winter' END);
INSERT INTO #picked VALUES (1), (2), (3), (4);
INSERT INTO #picked (id) VALUES (5);
INSERT INTO shop.public.items VALUES ('a-1', 9.95);

-- Queries of every kind.
INSERT INTO reports.sends_by_day (day, sends)
SELECT sent_at::date, COUNT(*) FROM sms.sends WHERE status <> 'failed' GROUP BY 1 HAVING COUNT(*) > 10 ORDER BY 1;
INSERT INTO crm.top_users SELECT user_id, score FROM crm.users ORDER BY score DESC, user_id LIMIT 100;
INSERT INTO crm.all_contacts SELECT email FROM crm.users UNION SELECT email FROM crm.leads;
INSERT INTO crm.all_contacts (email, source) (SELECT email, 'user' FROM crm.users UNION ALL SELECT email, 'lead' FROM crm.leads);
INSERT INTO crm.new_contacts SELECT email FROM crm.leads EXCEPT SELECT email FROM crm.users;
INSERT INTO web.last_events
SELECT * FROM web.events QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY at DESC) = 1;
INSERT INTO market.pairs SELECT a.order_id, b.order_id FROM market.orders a JOIN market.orders b ON a.buyer_id = b.buyer_id AND a.order_id < b.order_id;
INSERT INTO market.missing SELECT l.* FROM market.lines l LEFT JOIN market.orders o USING (order_id) WHERE o.order_id IS NULL;
INSERT INTO crm.fresh SELECT s.* FROM staging.users s WHERE NOT EXISTS (SELECT 1 FROM crm.users u WHERE u.user_id = s.user_id);
INSERT INTO calendar SELECT DISTINCT sent_at::date FROM sms.sends;
INSERT INTO reports.totals SELECT SUM(total) AS total, AVG(total) AS mean, MIN(ordered_at), MAX(ordered_at) FROM market.orders;
INSERT INTO web.tags SELECT e.event_id, t FROM web.events e, e.props.tags t;
INSERT INTO reports.flags SELECT user_id, score > 10 AND NOT opted_out FROM crm.users;
INSERT INTO reports.running SELECT day, SUM(sends) OVER (ORDER BY day ROWS UNBOUNDED PRECEDING) FROM reports.daily;
INSERT INTO reports.monthly (month, city, n)
WITH m AS (SELECT DATE_TRUNC('month', joined) AS month, city FROM crm.users), c AS (SELECT month, city, COUNT(*) AS n FROM m GROUP BY 1, 2)
SELECT month, city, n FROM c WHERE n >= 5;
INSERT INTO numbers WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n;
INSERT INTO reports.rollup SELECT city, segment, COUNT(*) FROM crm.users GROUP BY ROLLUP (city, segment);
INSERT INTO hr.copies SELECT TOP 10 * FROM hr.staff;
INSERT INTO crm.slim SELECT * EXCLUDE (password) FROM crm.users;
INSERT INTO empty_copy SELECT * FROM crm.users WHERE 1 = 0;
INSERT INTO lake.daily SELECT day, n, country FROM reports.by_country WHERE day = '2026-01-31' AND country IN ('nl', 'be', 'lu');
