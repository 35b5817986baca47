/* @every 5 */ select 1

-- want:
-- models/reports/every_unit.sql:1:11: "5" is not a duration
--     /* @every 5 */ select 1
--               ^
--   hint: write a whole number and a unit: 30s, 5m, 2h, 7d, 10 seconds
