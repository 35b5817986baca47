/* @every 2000000000w */ select 1

-- want:
-- models/reports/every_huge.sql:1:11: "2000000000w" is not a duration
--     /* @every 2000000000w */ select 1
--               ^
--   hint: write a whole number and a unit: 30s, 5m, 2h, 7d, 10 seconds
