/*
 * @every
 */
select 1

-- want:
-- models/reports/no_value.sql:2:4: header key "@every" has no value
--      * @every
--        ^
--   hint: write one, or remove the line
