/* @schema information_schema */ select 1

-- want:
-- models/reports/schema_reserved.sql:1:12: the schema name "information_schema" is reserved
--     /* @schema information_schema */ select 1
--                ^
--   hint: choose another name
