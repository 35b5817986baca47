/*
 * @kind sessions
 * @gap 10 parsecs
 * @order-by a, b
 * @partition-by
 * @session-id _sid
 */
select 1

-- want:
-- models/reports/sessions_id.sql:3:9: "10 parsecs" is not a duration
--      * @gap 10 parsecs
--             ^
--   hint: write a whole number and a unit: 30s, 5m, 2h, 7d, 10 seconds
-- models/reports/sessions_id.sql:4:14: the column name "a, b" has "," at character 2
--      * @order-by a, b
--                  ^
--   hint: write the name of a column of the query, and nothing else
-- models/reports/sessions_id.sql:5:4: header key "@partition-by" has no value
--      * @partition-by
--        ^
--   hint: write one, or remove the line
-- models/reports/sessions_id.sql:6:16: the column name "_sid" begins with _, which Atoll keeps for itself
--      * @session-id _sid
--                    ^
--   hint: choose another name, or remove the line for session_id
