/*
 * @refresh incremetal
 */
select 1

-- want:
-- models/reports/refresh.sql:2:13: refresh "incremetal" is not known, expected full or incremental
--      * @refresh incremetal
--                 ^
--   hint: did you mean "incremental"?
