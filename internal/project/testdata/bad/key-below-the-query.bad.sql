/* @doc Orders, one row each. */
SELECT id /* write to team@example.com, or
  * @every 5m */, '@refresh full' AS note -- @someone asked for this
FROM shop.orders
-- @refresh full

-- want:
-- models/reports/key_below_the_query.sql:3:5: header key "@every" stands outside the header
--       * @every 5m */, '@refresh full' AS note -- @someone asked for this
--         ^
--   hint: move it into the first comment, above the query
-- models/reports/key_below_the_query.sql:5:4: header key "@refresh" stands outside the header
--     -- @refresh full
--        ^
--   hint: move it into the first comment, above the query
