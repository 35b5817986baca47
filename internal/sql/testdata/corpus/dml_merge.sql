MERGE INTO crm.users USING staging.users ON users.user_id = staging.users.user_id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (user_id) VALUES (users.user_id);
MERGE INTO crm.users USING staging.users AS s ON users.user_id = s.user_id AND users.country = s.country WHEN MATCHED THEN UPDATE SET city = s.city WHEN NOT MATCHED THEN INSERT VALUES (s.user_id, s.country, s.city);
MERGE INTO crm.users USING #changes c ON users.user_id = c.user_id WHEN MATCHED THEN UPDATE SET name = COALESCE(c.name, users.name), changed = GETDATE() WHEN NOT MATCHED THEN INSERT (user_id, name, changed) VALUES (c.user_id, NVL(c.name, 'unknown'), DEFAULT);
MERGE INTO market.items USING lake.items i ON items.sku = i.sku REMOVE DUPLICATES;
MERGE INTO market.items USING lake.items ON items.sku = lake.items.sku AND items.shop = lake.items.shop REMOVE DUPLICATES;
MERGE INTO stock USING moved m ON stock.sku = m.sku WHEN NOT MATCHED THEN INSERT (sku, quantity) VALUES (m.sku, m.quantity) WHEN MATCHED THEN UPDATE SET quantity = stock.quantity + m.quantity, moved_at = DEFAULT;
MERGE INTO stock USING moved m ON stock.sku = UPPER(m.sku) WHEN MATCHED THEN UPDATE SET quantity = CASE WHEN m.quantity > 0 THEN m.quantity ELSE 0 END WHEN NOT MATCHED THEN INSERT (sku) VALUES (UPPER(m.sku));
