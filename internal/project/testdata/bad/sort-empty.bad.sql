/* @sort a,,b */ select 1

-- want:
-- models/reports/sort_empty.sql:1:10: the column name is empty
--     /* @sort a,,b */ select 1
--              ^
--   hint: write the name of a column of the query, and nothing else
