/*
 * @shema reports
 * @evry 5m
 */
select 1

-- want:
-- models/reports/unknown_key.sql:2:4: unknown header key "@shema"
--      * @shema reports
--        ^
--   hint: did you mean "@schema"?
-- models/reports/unknown_key.sql:3:4: unknown header key "@evry"
--      * @evry 5m
--        ^
--   hint: did you mean "@every"?
