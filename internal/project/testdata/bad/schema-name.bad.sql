/* @schema my reports */ select 1

-- want:
-- models/reports/schema_name.sql:1:12: the schema name "my reports" has " " at character 3
--     /* @schema my reports */ select 1
--                ^
--   hint: begin with a letter, then use letters, digits and _
