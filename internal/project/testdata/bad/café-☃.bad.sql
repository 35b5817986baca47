select 1

-- want:
-- models/reports/café_☃.sql:1:1: the view name "café_☃" has "☃" at character 6
--     select 1
--     ^
--   hint: begin with a letter, then use letters, digits and _
