/* @every 5m */
/* @doc x */
select 1

-- want:
-- models/reports/second_header.sql:2:4: header key "@doc" stands outside the header
--     /* @doc x */
--        ^
--   hint: move it into the first comment
