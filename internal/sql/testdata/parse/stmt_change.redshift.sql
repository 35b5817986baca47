--- insert rows
INSERT INTO sms.sends (send_id, campaign, sent_at, retries)
VALUES (1, 'welcome', getdate(), DEFAULT), (2, 'winter sale for everybody', NULL, 3)

--- insert a query
INSERT INTO market.archive SELECT * FROM market.orders

--- insert into parentheses
INSERT INTO t SELECT 1

--- insert with a common table expression
INSERT INTO reports.active
WITH recent AS (SELECT user_id FROM web.events WHERE at > getdate() - INTERVAL '7 days')
SELECT user_id, count(*)
FROM recent
GROUP BY 1

--- insert nothing given
INSERT INTO audit.runs DEFAULT VALUES

--- update
UPDATE crm.users SET city = 'Utrecht', seen = DEFAULT

--- update from others
UPDATE crm.users AS u
SET
  segment = s.name,
  updated_at = getdate(),
  score = (SELECT max(score) FROM crm.scores AS c WHERE c.user_id = u.user_id)
FROM crm.segments AS s JOIN crm.rules AS r ON r.segment_id = s.segment_id
WHERE u.score BETWEEN r.low AND r.high

--- delete
WITH gone AS (SELECT user_id FROM crm.optouts)
DELETE FROM crm.users AS u
USING gone, crm.segments AS s
WHERE u.user_id = gone.user_id AND u.segment = s.name

--- merge
MERGE INTO crm.users
USING staging.users AS s
ON users.user_id = s.user_id
WHEN MATCHED THEN UPDATE SET city = s.city, score = s.score + 1
WHEN NOT MATCHED THEN INSERT (user_id, city, score) VALUES (s.user_id, s.city, 0)

--- merge that deletes
MERGE INTO stock
USING moved
ON stock.sku = moved.sku
WHEN NOT MATCHED THEN INSERT VALUES (moved.sku, DEFAULT)
WHEN MATCHED THEN DELETE

--- merge without whens
MERGE INTO stock USING moved AS m ON stock.sku = m.sku REMOVE DUPLICATES

--- insert rows in parentheses
INSERT INTO t (VALUES (1), (2) LIMIT 1) UNION ALL SELECT 3

--- insert into a column named values
INSERT INTO t ("values") VALUES (1)
