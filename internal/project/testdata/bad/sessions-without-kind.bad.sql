/*
 * @gap 10s
 * @order-by t
 */
select 1

-- want:
-- models/reports/sessions_without_kind.sql:2:9: header key "@gap" belongs to the kind sessions, and this model's kind is "view"
--      * @gap 10s
--             ^
--   hint: add @kind sessions, or remove the line
-- models/reports/sessions_without_kind.sql:3:14: header key "@order-by" belongs to the kind sessions, and this model's kind is "view"
--      * @order-by t
--                  ^
--   hint: add @kind sessions, or remove the line
