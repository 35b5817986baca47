/*
 * @kind sessions
 * @gap 10s
 */
select 1

-- want:
-- models/reports/sessions_keys_missing.sql:1:1: a model of kind sessions needs the header key "@partition-by"
--     /*
--     ^
--   hint: add a line such as "@partition-by user_id" to the comment at the top
-- models/reports/sessions_keys_missing.sql:1:1: a model of kind sessions needs the header key "@order-by"
--     /*
--     ^
--   hint: add a line such as "@order-by sent_at" to the comment at the top
