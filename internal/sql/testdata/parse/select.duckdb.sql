--- reserved words after as and after a dot
SELECT x AS "timestamp", t.user AS "order", t.date AS end_ FROM t AS "table"

--- words that only look special
SELECT
  date,
  "time",
  type,
  year,
  value,
  name,
  key,
  status,
  count,
  "qualify",
  filter,
  over,
  "at"
FROM t

--- limit of a limit
SELECT * FROM (SELECT a FROM t LIMIT 10) AS nested LIMIT 5
