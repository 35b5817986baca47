/* @every 0m */ select 1

-- want:
-- models/reports/every_zero.sql:1:11: "0m" is not a duration
--     /* @every 0m */ select 1
--               ^
--   hint: write a whole number and a unit: 30s, 5m, 2h, 7d, 10 seconds
