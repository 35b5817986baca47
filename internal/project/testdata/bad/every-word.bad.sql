/* @every often */ select 1

-- want:
-- models/reports/every_word.sql:1:11: "often" is not a duration
--     /* @every often */ select 1
--               ^
--   hint: write a whole number and a unit: 30s, 5m, 2h, 7d, 10 seconds
