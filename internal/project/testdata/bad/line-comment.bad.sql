-- @every 5m
select 1

-- want:
-- models/reports/line_comment.sql:1:1: header key "@every" in a -- comment is not read
--     -- @every 5m
--     ^
--   hint: write the header as a block comment: /* ... */
