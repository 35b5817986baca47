/* @key a, A */ select 1

-- want:
-- models/reports/key_twice.sql:1:9: "a, A" names "a" twice
--     /* @key a, A */ select 1
--             ^
--   hint: remove one of the two
