/* @materialized full */ select 1

-- want:
-- models/reports/unknown_far.sql:1:4: unknown header key "@materialized"
--     /* @materialized full */ select 1
--        ^
--   hint: the keys are @schema, @name, @every, @kind, @doc, @owner, @tags, @key, @sort, @dist, @refresh, @partition-by, @order-by, @gap, @session-id
