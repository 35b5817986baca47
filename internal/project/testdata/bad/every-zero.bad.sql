/* @every 0m */ select 1

-- want:
-- models/reports/every_zero.sql:1:11: the duration "0m" is zero
--     /* @every 0m */ select 1
--               ^
--   hint: write a longer one: 30s, 5m, 2h, 7d, 10 seconds
