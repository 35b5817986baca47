UPDATE crm.users SET city = 'Utrecht' WHERE user_id = 7;
UPDATE crm.users AS u SET segment = s.name, updated_at = DEFAULT
FROM crm.segments s JOIN crm.rules r ON r.segment_id = s.segment_id
WHERE u.score BETWEEN r.low AND r.high;
WITH gone AS (SELECT user_id FROM crm.optouts) UPDATE crm.users SET opted_in = FALSE WHERE user_id IN (SELECT user_id FROM gone);
DELETE FROM web.events;
DELETE web.events e USING web.bots b, web.hosts WHERE e.agent = b.agent AND e.host = hosts.name;
WITH RECURSIVE tree (id) AS (SELECT 1 UNION ALL SELECT c.id FROM nodes c JOIN tree t ON c.parent = t.id) DELETE FROM nodes WHERE id IN (SELECT id FROM tree);
MERGE INTO crm.users USING staging.users s ON users.user_id = s.user_id
WHEN MATCHED THEN UPDATE SET city = s.city, score = s.score + 1
WHEN NOT MATCHED THEN INSERT (user_id, city) VALUES (s.user_id, s.city);
MERGE INTO stock USING moved ON stock.sku = moved.sku WHEN NOT MATCHED THEN INSERT VALUES (moved.sku, moved.quantity) WHEN MATCHED THEN DELETE;
MERGE INTO stock USING moved ON stock.sku = moved.sku REMOVE DUPLICATES;
