/* @every 1 month */ select 1

-- want:
-- models/reports/every_month.sql:1:11: "1 month" is not a duration
--     /* @every 1 month */ select 1
--               ^
--   hint: write a whole number and a unit: 30s, 5m, 2h, 7d, 10 seconds
