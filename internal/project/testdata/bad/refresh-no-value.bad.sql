/* @refresh
 * @sort day
 */
select 1

-- want:
-- models/reports/refresh_no_value.sql:1:4: header key "@refresh" has no value
--     /* @refresh
--        ^
--   hint: write one, or remove the line
