/* @every 5m @refresh full */ select 1

-- want:
-- models/reports/two_on_a_line.sql:1:11: "5m @refresh full" is not a duration
--     /* @every 5m @refresh full */ select 1
--               ^
--   hint: write each header key on a line of its own: @refresh full
