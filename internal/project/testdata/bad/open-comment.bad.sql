/* @every 5m
select 1

-- want:
-- models/reports/open_comment.sql:1:1: the comment is not closed
--     /* @every 5m
--     ^
--   hint: end it with */
