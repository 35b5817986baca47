/* @every 2000000000w */ select 1

-- want:
-- models/reports/every_huge.sql:1:11: the duration "2000000000w" is longer than 53375 days
--     /* @every 2000000000w */ select 1
--               ^
--   hint: write a shorter one: 30s, 5m, 2h, 7d, 10 seconds
