/* @name top-10 */ select 1

-- want:
-- models/reports/name.sql:1:10: the view name "top-10" has "-" at character 4
--     /* @name top-10 */ select 1
--              ^
--   hint: begin with a letter, then use letters, digits and _
