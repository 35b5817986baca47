/* @kind session */ select 1

-- want:
-- models/reports/kind.sql:1:10: kind "session" is not known, expected view or sessions
--     /* @kind session */ select 1
--              ^
--   hint: did you mean "sessions"?
