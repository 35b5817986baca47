/* @every 500ms */ select 1

-- want:
-- models/reports/every_half.sql:1:11: the interval "500ms" is not a whole number of seconds
--     /* @every 500ms */ select 1
--               ^
--   hint: write 1s or longer
