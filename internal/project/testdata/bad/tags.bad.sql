/* @tags daily sms */ select 1

-- want:
-- models/reports/tags.sql:1:10: "daily sms" has a space in a name
--     /* @tags daily sms */ select 1
--              ^
--   hint: put commas between names
