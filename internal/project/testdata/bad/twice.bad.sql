/*
 * @every 5m
 * @every 6m
 */
select 1

-- want:
-- models/reports/twice.sql:3:4: header key "@every" is written twice, first on line 2
--      * @every 6m
--        ^
--   hint: remove one of the two
