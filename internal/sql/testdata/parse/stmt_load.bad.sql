--- copy without from
copy sales 's3://lake/sales/'

--- copy to
copy sales to 's3://lake/sales/'

--- copy from a table
copy sales from staging

--- copy from stdin
copy sales from stdin

--- copy with an unknown option
copy sales from 's3://lake/' iam_role default ignoreheaders 1

--- copy with a misspelt option
copy sales from 's3://lake/' iam_role default delimitr ','

--- copy with an option twice
copy sales from 's3://lake/' iam_role default csv gzip csv

--- an option without its value
copy sales from 's3://lake/' iam_role default delimiter

--- a number where a string has to be
copy sales from 's3://lake/' iam_role default null 0

--- a string where a number has to be
copy sales from 's3://lake/' iam_role default maxerror '10'

--- an unknown encoding
copy sales from 's3://lake/' iam_role default encoding utf9

--- format without a format
copy sales from 's3://lake/' iam_role default format as xml

--- the role without quotes
copy sales from 's3://lake/' iam_role arn:aws:iam::1:role/x

--- a key in double quotes
copy sales from 's3://lake/' access_key_id "AKIAHIDDEN" secret_access_key 'hunter2'

--- a mistake behind a key
copy sales from 's3://lake/' access_key_id 'AKIAHIDDEN' secret_access_key 'hunter2' csvv gzip

--- a mistake before a key
copy sales frm 's3://lake/' credentials 'aws_secret_access_key=hunter2'

--- copy job without an action
copy job load_sales

--- copy job with an unknown action
copy job start load_sales

--- a job that switches half
copy sales from 's3://lake/' job create load_sales auto maybe

--- unload of a query without quotes
unload (select * from sales) to 's3://out/'

--- unload without parentheses
unload 'select * from sales' to 's3://out/'

--- unload of nothing
unload ('') to 's3://out/'

--- unload of what is no query
unload ('delete from sales') to 's3://out/'

--- a mistake in the query
unload ('select a, from sales') to 's3://out/' iam_role default

--- a mistake behind quotes in the query
unload ('select ''a'', ''b'' from sales where and a = 1') to 's3://out/' iam_role default

--- a mistake on the third line of the query
unload ($$
select a
form sales
$$) to 's3://out/' iam_role default

--- a second query in the string
unload ('select 1; select 2') to 's3://out/'

--- the query's string is not closed
unload ('select 1) to 's3://out/'

--- a string in the query is not closed
unload ($$ select 'a $$) to 's3://out/'

--- unload without to
unload ('select 1') into 's3://out/'

--- a unit that is none
unload ('select 1') to 's3://out/' maxfilesize 10 tb

--- partition without by
unload ('select 1') to 's3://out/' parquet partition (a)

--- an option before and behind the partition columns
unload ('select 1') to 's3://out/' parquet partition by (a) cleanpath parquet

--- unload with an option of copy
unload ('select 1') to 's3://out/' ignoreheader 1

--- a choice without quotes
copy sales from 's3://lake/' json auto

--- a NUL that stands for no NULL
copy sales from 's3://lake/' delimiter '\000'
