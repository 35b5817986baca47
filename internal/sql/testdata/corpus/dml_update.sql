-- One table.
UPDATE crm.users SET city = NULL;
UPDATE crm.users SET city = DEFAULT WHERE city = '';
UPDATE crm.users SET score = score + 1, seen = GETDATE() WHERE user_id IN (1, 2, 3);
UPDATE crm.users SET name = TRIM(name), email = LOWER(email), phone = REGEXP_REPLACE(phone, '[^0-9]', '');
UPDATE crm.users SET segment = CASE WHEN score >= 80 THEN 'gold' WHEN score >= 50 THEN 'silver' ELSE 'bronze' END;
UPDATE crm.users SET opted_in = NOT opted_in WHERE email LIKE '%@example.com';
UPDATE crm.users SET birthday = TO_DATE(birthday_text, 'DD-MM-YYYY') WHERE birthday IS NULL AND birthday_text SIMILAR TO '[0-9]{2}-[0-9]{2}-[0-9]{4}';
UPDATE sms.sends SET status = 'expired' WHERE status = 'queued' AND sent_at < GETDATE() - INTERVAL '2 days';
UPDATE web.events SET props = JSON_PARSE('{}') WHERE props IS NULL;
UPDATE #picked SET note = 'seen' WHERE id = 5;
UPDATE shop.public.items SET price = price * 1.21;

-- An alias.
UPDATE crm.users u SET city = INITCAP(u.city) WHERE u.country = 'nl';
UPDATE crm.users AS u SET score = 0;

-- Values from elsewhere.
UPDATE crm.users SET score = (SELECT COUNT(*) FROM web.events e WHERE e.user_id = users.user_id);
UPDATE market.orders SET total = (SELECT SUM(l.price * l.quantity) FROM market.lines l WHERE l.order_id = orders.order_id), counted = TRUE WHERE EXISTS (SELECT 1 FROM market.lines l WHERE l.order_id = orders.order_id);
UPDATE crm.users SET active = FALSE WHERE user_id NOT IN (SELECT user_id FROM web.events WHERE at > GETDATE() - INTERVAL '90 days');
UPDATE crm.users SET city = s.city FROM staging.users s WHERE users.user_id = s.user_id;
UPDATE crm.users SET city = s.city FROM staging.users s, staging.cities c WHERE users.user_id = s.user_id AND s.city = c.name;
UPDATE crm.users u SET city = s.city, zip = s.zip FROM (SELECT user_id, MAX(city) AS city, MAX(zip) AS zip FROM staging.users GROUP BY user_id) s WHERE u.user_id = s.user_id;
UPDATE market.items SET stock = stock - m.moved FROM (SELECT sku, SUM(quantity) AS moved FROM market.lines GROUP BY sku) AS m WHERE items.sku = m.sku AND stock >= m.moved;
UPDATE market.orders o SET country = a.country FROM crm.users u LEFT JOIN crm.addresses a ON a.user_id = u.user_id AND a.kind = 'home' WHERE o.buyer_id = u.user_id;
UPDATE hr.staff SET manager = boss.first_name || ' ' || boss.last_name FROM hr.staff boss WHERE staff.manager_id = boss.staff_id AND boss.left_at IS NULL;
UPDATE market.items SET price = p.price FROM staging.prices p CROSS JOIN staging.currencies c WHERE items.sku = p.sku AND p.currency = c.code;

-- Common table expressions.
WITH worst AS (SELECT MIN(score) AS score FROM crm.users) UPDATE crm.users SET flagged = TRUE WHERE score = (SELECT score FROM worst);
WITH s AS (SELECT user_id, city FROM staging.users), t AS (SELECT * FROM s WHERE city <> '') UPDATE crm.users u SET city = t.city FROM t WHERE t.user_id = u.user_id;
WITH RECURSIVE below (id) AS (SELECT staff_id FROM hr.staff WHERE name = 'Ada' UNION ALL SELECT s.staff_id FROM hr.staff s JOIN below b ON s.manager_id = b.id) UPDATE hr.staff SET region = 'north' WHERE staff_id IN (SELECT id FROM below);
