/*
 * @interval-in-minutes 5
 */
select 1

-- want:
-- models/reports/dpl_key.sql:2:4: unknown header key "@interval-in-minutes"
--      * @interval-in-minutes 5
--        ^
--   hint: this is a key of .dpl files: rename the file to .dpl
