-- UNLOAD: the query is in a string or between dollar signs.
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT;
UNLOAD ($$ SELECT sale_id, amount FROM sales WHERE state = 'paid' $$) TO 's3://shop-out/paid_' IAM_ROLE DEFAULT;
unload ('select sale_id from sales where state = ''paid'' or state = \'sent\'') to 's3://shop-out/x' iam_role 'arn:aws:iam::123456789012:role/writer';
UNLOAD ('SELECT note FROM sales WHERE note = ''costs $$''') TO 's3://shop-out/notes_' IAM_ROLE DEFAULT;
UNLOAD ($q$ WITH paid AS (SELECT * FROM sales WHERE state = 'paid') SELECT count(*) FROM paid $q$) TO 's3://shop-out/n_' IAM_ROLE DEFAULT;
UNLOAD ('SELECT a FROM t UNION ALL SELECT b FROM u') TO 's3://shop-out/ab_' IAM_ROLE DEFAULT PARALLEL OFF;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' CREDENTIALS 'aws_access_key_id=AKIA;aws_secret_access_key=hush';
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' ACCESS_KEY_ID 'AKIA' SECRET_ACCESS_KEY 'hush' SESSION_TOKEN 'tok';
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT FORMAT AS CSV;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT FORMAT PARQUET;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT JSON;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT PARQUET PARTITION BY (region);
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT FORMAT AS PARQUET PARTITION BY (region, sold_on) INCLUDE;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' PARTITION BY (region) INCLUDE IAM_ROLE DEFAULT CSV HEADER;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT MANIFEST;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT MANIFEST VERBOSE;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT HEADER DELIMITER AS ',';
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT DELIMITER '|' ADDQUOTES;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT FIXEDWIDTH AS '0:8,1:12';
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT ENCRYPTED;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT ENCRYPTED AUTO;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT KMS_KEY_ID '1234abcd' ENCRYPTED;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT MASTER_SYMMETRIC_KEY 'a2V5' ENCRYPTED GZIP;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT BZIP2;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT GZIP;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT ZSTD;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT ADDQUOTES ESCAPE;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT NULL AS 'NULL';
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT ALLOWOVERWRITE;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT CLEANPATH;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT PARALLEL;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT PARALLEL TRUE;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT PARALLEL OFF;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT MAXFILESIZE 100;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT MAXFILESIZE AS 512 MB;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT MAXFILESIZE 1.5 GB;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT PARQUET ROWGROUPSIZE 64 MB;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT PARQUET ROWGROUPSIZE AS 32;
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT REGION 'us-west-2';
UNLOAD ('SELECT * FROM sales') TO 's3://shop-out/sales_' IAM_ROLE DEFAULT CSV GZIP EXTENSION 'csv.gz';
UNLOAD ($$
  SELECT c.campaign_type, date_trunc('day', s.sent_at) AS day, count(*) AS sent,
    sum(CASE WHEN s.status = 'delivered' THEN 1 ELSE 0 END) AS delivered
  FROM sends s JOIN campaigns c USING (campaign_id)
  WHERE s.sent_at >= '2026-01-01'
  GROUP BY 1, 2
$$)
TO 's3://shop-out/ctr/' IAM_ROLE DEFAULT
FORMAT AS PARQUET PARTITION BY (day) INCLUDE CLEANPATH MANIFEST VERBOSE MAXFILESIZE 256 MB ROWGROUPSIZE 128 MB;
