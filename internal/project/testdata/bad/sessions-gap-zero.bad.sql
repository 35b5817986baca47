/* @kind sessions
 * @partition-by a
 * @order-by t
 * @gap 0 s */ select a, t from s.t

-- want:
-- models/reports/sessions_gap_zero.sql:4:9: the duration "0 s" is zero
--      * @gap 0 s */ select a, t from s.t
--             ^
--   hint: write a longer one: 30s, 5m, 2h, 7d, 10 seconds
