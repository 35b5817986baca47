/* @doc Orders, one row each. */
-- @refresh full
-- @someone asked for this
SELECT id -- @every	5m
FROM shop.orders

-- want:
-- models/reports/key_between.sql:2:1: header key "@refresh" stands outside the header
--     -- @refresh full
--     ^
--   hint: move it into the first comment, above the query
-- models/reports/key_between.sql:4:14: header key "@every" stands outside the header
--     SELECT id -- @every 5m
--                  ^
--   hint: move it into the first comment, above the query
