/*
 * @refresh every hour
 */
select 1

-- want:
-- models/reports/refresh_far.sql:2:13: refresh "every hour" is not known, expected full or incremental
--      * @refresh every hour
--                 ^
--   hint: write one of them, or remove the line: Atoll then chooses each time
