--- a prepared statement
PREPARE recent (date, integer) AS
  SELECT sale_id FROM sales WHERE sold_on >= $1 ORDER BY sold_on DESC LIMIT $2

--- a cursor
DECLARE c CURSOR FOR
  SELECT sale_id, user_id, amount, currency, sold_at
  FROM sales
  WHERE sold_on >= '2026-01-01'

--- fetch some
FETCH FORWARD 10 FROM c

--- begin
BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY

--- savepoints
ROLLBACK TO SAVEPOINT before

--- a search path
SET SESSION search_path TO '$user', web, public

--- the time zone
SET timezone TO 'Europe/Vienna'

--- a parameter of several words
SHOW transaction_isolation

--- explain
EXPLAIN VERBOSE
SELECT u.name, sum(s.amount) AS amount
FROM users AS u JOIN sales AS s USING (user_id)
GROUP BY u.name
