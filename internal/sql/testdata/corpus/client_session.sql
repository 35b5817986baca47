-- Prepared statements.
PREPARE by_user AS SELECT sale_id FROM sales WHERE user_id = $1;
PREPARE by_user (int) AS SELECT sale_id FROM sales WHERE user_id = $1;
PREPARE by_day (date, varchar(20)) AS SELECT count(*) FROM sales WHERE sold_on >= $1 AND state = $2;
PREPARE add_state (char(2), varchar) AS INSERT INTO states VALUES ($1, $2);
PREPARE pay (bigint) AS UPDATE sales SET state = 'paid' WHERE sale_id = $1;
PREPARE forget (int) AS DELETE FROM users WHERE user_id = $1;
PREPARE page (int, int) AS WITH p AS (SELECT sale_id FROM sales) SELECT sale_id FROM p ORDER BY 1 LIMIT $1 OFFSET $2;
PREPARE money (decimal(10, 2), timestamptz, boolean) AS SELECT $1 * 2, $2, $3;
EXECUTE by_user;
EXECUTE by_user (12);
EXECUTE by_day ('2026-01-31', 'paid');
EXECUTE money (1.5 + 2, getdate(), true);
EXECUTE by_user ($1);
DEALLOCATE by_user;
DEALLOCATE PREPARE ALL;

-- Cursors.
DECLARE all_sales CURSOR FOR SELECT * FROM sales;
DECLARE big_sales CURSOR FOR SELECT sale_id, amount FROM sales WHERE amount > 100 ORDER BY amount DESC;
DECLARE both_years CURSOR FOR SELECT sale_id FROM sales_2025 UNION ALL SELECT sale_id FROM sales_2026;
FETCH NEXT FROM all_sales;
FETCH ALL FROM all_sales;
FETCH FORWARD 100 FROM all_sales;
CLOSE all_sales;

-- Transactions.
BEGIN;
BEGIN WORK ISOLATION LEVEL SERIALIZABLE;
BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED;
BEGIN ISOLATION LEVEL READ UNCOMMITTED;
BEGIN ISOLATION LEVEL REPEATABLE READ;
BEGIN ISOLATION LEVEL SNAPSHOT;
BEGIN READ ONLY;
START TRANSACTION READ WRITE;
START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY;
START TRANSACTION READ WRITE, ISOLATION LEVEL SNAPSHOT;
COMMIT;
ROLLBACK WORK;
SAVEPOINT before_prices;
RELEASE SAVEPOINT before_prices;
ROLLBACK TO SAVEPOINT before_prices;
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
SET TRANSACTION READ ONLY;
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED;
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE;

-- Parameters.
SET query_group TO 'reports';
SET search_path TO public;
SET search_path TO '$user', public;
SET search_path TO shop, web, public;
SET search_path = shop, web;
SET search_path TO 'shop', 'web';
SET wlm_query_slot_count TO 3;
SET extra_float_digits TO -1;
SET enable_result_cache_for_session TO OFF;
SET enable_case_sensitive_identifier TO true;
SET describe_field_name_in_uppercase TO on;
SET enable_numeric_rounding = false;
SET statement_timeout TO DEFAULT;
SET SESSION query_group TO 'reports';
SET SESSION statement_timeout TO 60000;
SET LOCAL query_group TO 'reports';
SET LOCAL search_path TO web, public;
SET LOCAL statement_timeout TO DEFAULT;
SET datestyle TO 'SQL, DMY', 1;
SET shop_context.user_id TO 'u42';
SET shop_context.tenant TO 7;
SET SESSION AUTHORIZATION dbuser;
SET SESSION AUTHORIZATION DEFAULT;
SET LOCAL SESSION AUTHORIZATION dbuser;
SET LOCAL SESSION AUTHORIZATION DEFAULT;
RESET query_group;
RESET shop_context.user_id;
RESET ALL;
SHOW search_path;
SHOW shop_context.user_id;
SHOW ALL;

-- Plans, locks, running queries, databases.
EXPLAIN SELECT count(*) FROM sales;
EXPLAIN VERBOSE SELECT count(*) FROM sales;
EXPLAIN INSERT INTO sales_copy SELECT * FROM sales;
EXPLAIN UPDATE sales SET state = 'paid';
EXPLAIN DELETE FROM sales WHERE state = 'void';
EXPLAIN CREATE TABLE paid AS SELECT * FROM sales WHERE state = 'paid';
EXPLAIN VERBOSE (SELECT 1 UNION SELECT 2);
LOCK sales;
LOCK TABLE shop.sales, shop.users;
LOCK sales, users;
CANCEL 18764;
CANCEL 18764 'too long, sorry';
USE shop;
