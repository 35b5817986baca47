/* @dist key(a) */ select 1

-- want:
-- models/reports/dist.sql:1:10: the column name "key(a)" has "(" at character 4
--     /* @dist key(a) */ select 1
--              ^
--   hint: write the name of a column of the query, and nothing else
