CREATE EXTERNAL SCHEMA lake FROM DATA CATALOG DATABASE 'web' IAM_ROLE 'arn:aws:iam::123456789012:role/lake';
CREATE EXTERNAL SCHEMA IF NOT EXISTS lake FROM DATA CATALOG DATABASE 'web' REGION 'eu-west-1' IAM_ROLE DEFAULT CREATE EXTERNAL DATABASE IF NOT EXISTS;
CREATE EXTERNAL SCHEMA lake FROM DATA CATALOG DATABASE 'web' IAM_ROLE 'SESSION' CATALOG_ROLE 'arn:aws:iam::123456789012:role/catalog' CATALOG_ID '123456789012';
CREATE EXTERNAL SCHEMA hive FROM HIVE METASTORE DATABASE 'web' URI '172.10.10.10' PORT 9083 IAM_ROLE 'arn:aws:iam::123456789012:role/emr';
CREATE EXTERNAL SCHEMA pg FROM POSTGRES DATABASE 'shop' SCHEMA 'public' URI 'db.internal' PORT 5432 IAM_ROLE 'arn:aws:iam::123456789012:role/db' SECRET_ARN 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db';
CREATE EXTERNAL SCHEMA my FROM MYSQL DATABASE 'shop' URI 'db.internal' IAM_ROLE DEFAULT SECRET_ARN 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db';
CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE DEFAULT;
CREATE EXTERNAL SCHEMA topics FROM MSK IAM_ROLE DEFAULT AUTHENTICATION IAM URI 'b-1.example:9098,b-2.example:9098';
CREATE EXTERNAL SCHEMA topics FROM KAFKA AUTHENTICATION NONE URI 'broker.example:9092';
CREATE EXTERNAL SCHEMA topics FROM KAFKA AUTHENTICATION MTLS AUTHENTICATION_ARN 'arn:aws:acm:eu-west-1:123456789012:certificate/one' URI 'broker.example:9094';
CREATE EXTERNAL SCHEMA topics FROM MSK AUTHENTICATION mtls SECRET_ARN 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:tls' URI 'broker.example:9094';
CREATE EXTERNAL SCHEMA other FROM REDSHIFT DATABASE 'partner' SCHEMA 'public';
CREATE EXTERNAL SCHEMA other FROM REDSHIFT DATABASE 'partner';
ALTER EXTERNAL SCHEMA topics URI 'broker.example:9095';
ALTER EXTERNAL SCHEMA topics IAM_ROLE 'arn:aws:iam::123456789012:role/new';
ALTER EXTERNAL SCHEMA topics IAM_ROLE DEFAULT AUTHENTICATION IAM;
ALTER EXTERNAL SCHEMA topics AUTHENTICATION MTLS AUTHENTICATION_ARN 'arn:aws:acm:eu-west-1:123456789012:certificate/two';
ALTER EXTERNAL SCHEMA topics AUTHENTICATION MTLS SECRET_ARN 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:tls';

CREATE EXTERNAL TABLE lake.clicks (id bigint, url varchar(2000), at timestamp) STORED AS PARQUET LOCATION 's3://shop-lake/clicks/';
CREATE EXTERNAL TABLE lake.clicks (id bigint, url varchar(2000)) PARTITIONED BY (day date, hour smallint) STORED AS ORC LOCATION 's3://shop-lake/clicks/';
CREATE EXTERNAL TABLE lake.lines (a int, b decimal(8, 2), c char(3)) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' STORED AS TEXTFILE LOCATION 's3://shop-lake/lines/' TABLE PROPERTIES ('numRows' = '170000', 'skip.header.line.count' = '1');
CREATE EXTERNAL TABLE lake.lines (a int) ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' LINES TERMINATED BY '\n' STORED AS TEXTFILE LOCATION 's3://shop-lake/lines/';
CREATE EXTERNAL TABLE lake.lines (a int) ROW FORMAT DELIMITED LINES TERMINATED BY '\n' STORED AS SEQUENCEFILE LOCATION 's3://shop-lake/manifest.json';
CREATE EXTERNAL TABLE lake.bare (a int) ROW FORMAT DELIMITED STORED AS TEXTFILE LOCATION 's3://shop-lake/bare/';
CREATE EXTERNAL TABLE lake.logs (host varchar(100), line varchar(4000)) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' WITH SERDEPROPERTIES ('input.regex' = '([^ ]*) (.*)') STORED AS TEXTFILE LOCATION 's3://shop-lake/logs/';
CREATE EXTERNAL TABLE lake.events (id int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat' OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat' LOCATION 's3://shop-lake/events/';
CREATE EXTERNAL TABLE lake.rc (a int) STORED AS RCFILE LOCATION 's3://shop-lake/rc/';
CREATE EXTERNAL TABLE lake.avro (a int) STORED AS AVRO LOCATION 's3://shop-lake/avro/' TABLE PROPERTIES ('numRows' = '5');
CREATE EXTERNAL TABLE lake.customers (
    id int,
    name struct<given:varchar(20), family:varchar(20)>,
    phones array<varchar(20)>,
    orders array<struct<shipped:timestamp, price:double precision, lines:array<struct<sku:varchar(20), n:int>>>>,
    attributes map<varchar(20), varchar(100)>
) STORED AS PARQUET LOCATION 's3://shop-lake/customers/';
CREATE EXTERNAL TABLE lake.daily STORED AS PARQUET LOCATION 's3://shop-lake/daily/' AS SELECT day, COUNT(*) AS n FROM web.events GROUP BY day;
CREATE EXTERNAL TABLE lake.daily PARTITIONED BY (day, country) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' STORED AS TEXTFILE LOCATION 's3://shop-lake/daily/' TABLE PROPERTIES ('write.parallel' = 'off') AS SELECT n, day, country FROM reports.daily;

ALTER TABLE lake.clicks ADD PARTITION (day = '2026-01-31') LOCATION 's3://shop-lake/clicks/day=2026-01-31/';
ALTER TABLE lake.clicks ADD IF NOT EXISTS PARTITION (day = '2026-01-30', hour = 5) LOCATION 's3://shop-lake/a/' PARTITION (day = '2026-01-30', hour = 6) LOCATION 's3://shop-lake/b/';
ALTER TABLE lake.clicks DROP PARTITION (day = '2026-01-31');
ALTER TABLE lake.clicks DROP PARTITION (day = '2026-01-31', hour = 5);
ALTER TABLE lake.clicks PARTITION (day = '2026-01-31') SET LOCATION 's3://shop-lake/moved/';
ALTER TABLE lake.clicks SET LOCATION 's3://shop-lake/clicks2/';
ALTER TABLE lake.clicks SET FILE FORMAT ORC;
ALTER TABLE lake.clicks SET FILE FORMAT INPUTFORMAT 'in.Class' OUTPUTFORMAT 'out.Class';
ALTER TABLE lake.clicks SET TABLE PROPERTIES ('numRows' = '200000');
CREATE EXTERNAL SCHEMA IF NOT EXISTS kds FROM KINESIS IAM_ROLE 'arn:aws:iam::123456789012:role/stream';
CREATE EXTERNAL SCHEMA IF NOT EXISTS pg FROM POSTGRES DATABASE 'shop' URI 'db.internal' PORT 5433 IAM_ROLE DEFAULT SECRET_ARN 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db';
CREATE EXTERNAL SCHEMA lake FROM DATABASE 'web' IAM_ROLE DEFAULT;
CREATE EXTERNAL SCHEMA hive FROM HIVE METASTORE DATABASE 'web' URI 'metastore.internal' IAM_ROLE 'arn:aws:iam::123456789012:role/emr' REGION 'eu-west-1';
CREATE EXTERNAL TABLE lake.wide (a smallint, b bigint, c real, d double precision, e boolean, f char(2), g varchar(10), h varbyte, i date, j timestamp, k decimal(38, 10)) STORED AS PARQUET LOCATION 's3://shop-lake/wide/';
CREATE EXTERNAL TABLE lake.nested (a map<int, struct<b:boolean, c:array<date>>>) STORED AS ORC LOCATION 's3://shop-lake/nested/' TABLE PROPERTIES ('orc.schema.resolution' = 'position');
CREATE EXTERNAL TABLE lake.serde (a int, b text) PARTITIONED BY (day char(10)) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES ('separatorChar' = ',', 'quoteChar' = '"', 'escapeChar' = '\\') STORED AS TEXTFILE LOCATION 's3://shop-lake/csv/';
CREATE EXTERNAL TABLE lake.big PARTITIONED BY (day) STORED AS PARQUET LOCATION 's3://shop-lake/big/' AS (SELECT a, b, day FROM t UNION ALL SELECT a, b, day FROM u);
ALTER TABLE lake.clicks ADD PARTITION (day = '2026-02-01') LOCATION 's3://shop-lake/1/' PARTITION (day = '2026-02-02') LOCATION 's3://shop-lake/2/' PARTITION (day = '2026-02-03') LOCATION 's3://shop-lake/3/';
ALTER TABLE lake.clicks PARTITION (day = '2026-01-31', country = 'nl') SET LOCATION 's3://shop-lake/nl/';
ALTER TABLE lake.clicks SET TABLE PROPERTIES ('numRows' = '200000', 'skip.header.line.count' = '1');
ALTER TABLE lake.clicks SET FILE FORMAT PARQUET;
ALTER TABLE lake.clicks SET FILE FORMAT AVRO;
