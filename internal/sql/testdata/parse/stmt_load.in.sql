--- a short copy
copy sales from 's3://lake/sales/' iam_role default csv

--- a long copy
copy public.sales (sale_id, user_id, amount, currency, sold_at) from 's3://lake/sales/2026/01/' iam_role 'arn:aws:iam::123456789012:role/loader' format as csv quote as '"' ignoreheader as 1 dateformat as 'YYYY-MM-DD' maxerror as 10 statupdate true

--- a copy with keys
copy sales from 's3://lake/' with credentials as 'aws_access_key_id=A;aws_secret_access_key=B'

--- a copy that becomes a job
copy sales from 's3://lake/' iam_role default job create load_sales auto on

--- a short unload
unload ('select * from sales') to 's3://out/' iam_role default parallel false

--- a long unload
unload ('select region, date_trunc(''month'', sold_at) as month, sum(amount) as amount from sales where region <> ''none'' group by 1, 2') to 's3://out/monthly/' iam_role default format as parquet partition by (month) include maxfilesize as 256 mb cleanpath

--- a query with dollar signs
unload ('select ''$$'' as sign, ''$b1$'' as mark') to 's3://out/'

--- nulls that are NUL
copy sales from 's3://lake/' null as '\0' delimiter '|'

--- unload of NUL
unload ('select 1') to 's3://out/' null '\000'
