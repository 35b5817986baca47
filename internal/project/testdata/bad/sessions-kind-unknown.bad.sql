/* @kind session
 * @partition-by a
 * @order-by t
 * @gap 10s */ select a, t from s.t

-- want:
-- models/reports/sessions_kind_unknown.sql:1:10: kind "session" is not known, expected view or sessions
--     /* @kind session
--              ^
--   hint: did you mean "sessions"?
