/* @tags a+b */ select 1

-- want:
-- models/reports/tag_word.sql:1:10: the tag "a+b" is not a plain word
--     /* @tags a+b */ select 1
--              ^
--   hint: use letters, digits, _ and -, and commas between tags
