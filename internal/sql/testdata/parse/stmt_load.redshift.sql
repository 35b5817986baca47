--- a short copy
COPY sales FROM 's3://lake/sales/' IAM_ROLE DEFAULT CSV

--- a long copy
COPY public.sales (sale_id, user_id, amount, currency, sold_at)
  FROM 's3://lake/sales/2026/01/'
  IAM_ROLE 'arn:aws:iam::123456789012:role/loader'
  CSV
  QUOTE '"'
  IGNOREHEADER 1
  DATEFORMAT 'YYYY-MM-DD'
  MAXERROR 10
  STATUPDATE ON

--- a copy with keys
COPY sales FROM 's3://lake/' CREDENTIALS 'aws_access_key_id=A;aws_secret_access_key=B'

--- a copy that becomes a job
COPY sales FROM 's3://lake/' IAM_ROLE DEFAULT JOB CREATE load_sales AUTO ON

--- a short unload
UNLOAD ($$SELECT * FROM sales$$) TO 's3://out/' IAM_ROLE DEFAULT PARALLEL OFF

--- a long unload
UNLOAD ($$
  SELECT region, date_trunc('month', sold_at) AS month, sum(amount) AS amount
  FROM sales
  WHERE region <> 'none'
  GROUP BY 1, 2
$$)
  TO 's3://out/monthly/'
  PARTITION BY (month) INCLUDE
  IAM_ROLE DEFAULT
  PARQUET
  MAXFILESIZE 256 MB
  CLEANPATH

--- a query with dollar signs
UNLOAD ($b2$SELECT '$$' AS sign, '$b1$' AS mark$b2$) TO 's3://out/'

--- nulls that are NUL
COPY sales FROM 's3://lake/' NULL '\000' DELIMITER '|'

--- unload of NUL
UNLOAD ($$SELECT 1$$) TO 's3://out/' NULL '\000'
