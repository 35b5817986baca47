--- a table with everything
CREATE TABLE IF NOT EXISTS sms.sends (
  send_id bigint IDENTITY(1, 1),
  campaign_id bigint DEFAULT 0 ENCODE AZ64 DISTKEY NOT NULL,
  body varchar(1600) ENCODE ZSTD COLLATE CASE_INSENSITIVE NULL,
  sent_at timestamp DEFAULT getdate() SORTKEY,
  PRIMARY KEY (send_id),
  CONSTRAINT known FOREIGN KEY (campaign_id) REFERENCES sms.campaigns (campaign_id),
  LIKE sms.base INCLUDING DEFAULTS
)
BACKUP NO
DISTSTYLE KEY
COMPOUND SORTKEY (sent_at, campaign_id)
ENCODE AUTO

--- a short table
CREATE TABLE t (a integer, b varchar(256))

--- a temporary table
CREATE TEMPORARY TABLE "#picked" (a integer)

--- a table from a query
CREATE TEMPORARY TABLE reports.daily (day, sends)
DISTKEY (day)
SORTKEY (day)
AS
SELECT sent_at::date, count(*)
FROM sms.sends
WHERE status IN ('sent', 'delivered')
GROUP BY 1

--- names that need quotes
CREATE TABLE "order".t (
  "select" integer,
  "two words" varchar(256),
  PRIMARY KEY ("select")
)

--- a view
CREATE OR REPLACE VIEW reports.named (day, sends)
AS
SELECT sent_at::date, count(*) FROM sms.sends GROUP BY 1
WITH NO SCHEMA BINDING

--- a materialized view
CREATE MATERIALIZED VIEW reports.mv_daily
DISTKEY (day)
SORTKEY (day)
AUTO REFRESH YES
AS
SELECT sent_at::date AS day, campaign_id, count(*) AS sends FROM sms.sends GROUP BY 1, 2

--- several changes of encodings
ALTER TABLE sms.sends
  ALTER COLUMN body ENCODE LZO,
  ALTER COLUMN sent_at ENCODE AZ64,
  ALTER COLUMN status ENCODE RAW,
  ALTER COLUMN campaign_id ENCODE ZSTD

--- a column that is added
ALTER TABLE t ADD COLUMN b varchar(20) DEFAULT 'n/a' NOT NULL

--- a distribution key
ALTER TABLE t ALTER DISTSTYLE KEY DISTKEY a

--- an external schema
CREATE EXTERNAL SCHEMA IF NOT EXISTS lake
FROM DATA CATALOG
DATABASE 'web'
REGION 'eu-west-1'
IAM_ROLE DEFAULT
CREATE EXTERNAL DATABASE IF NOT EXISTS

--- an external table
CREATE EXTERNAL TABLE lake.customers (
  id integer,
  name struct<given:varchar(20), family:varchar(20)>,
  orders array<struct<price:double precision, lines:array<integer>>>
)
PARTITIONED BY (day date)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
  WITH SERDEPROPERTIES ('paths' = 'id,name')
STORED AS TEXTFILE
LOCATION 's3://shop-lake/customers/'
TABLE PROPERTIES ('numRows' = '5')

--- partitions
ALTER TABLE lake.clicks
  ADD IF NOT EXISTS
  PARTITION (day = '2026-01-30', hour = 5) LOCATION 's3://shop-lake/a/'
  PARTITION (day = '2026-01-30', hour = 6) LOCATION 's3://shop-lake/b/'

--- a schema with what is in it
CREATE SCHEMA shop AUTHORIZATION admin QUOTA 2 TB
CREATE TABLE items (sku varchar(256))
CREATE VIEW cheap AS SELECT sku FROM items WHERE price < 1

--- a database
CREATE DATABASE shop
OWNER admin
CONNECTION LIMIT UNLIMITED
COLLATE CASE_INSENSITIVE
ISOLATION LEVEL SNAPSHOT

--- drop
DROP TABLE IF EXISTS a, b.c CASCADE

--- comment
COMMENT ON COLUMN sms.sends.body IS 'as it was sent'

--- vacuum
VACUUM SORT ONLY sms.sends TO 75 PERCENT BOOST

--- a table with the name of an option of vacuum
VACUUM "reindex" BOOST

--- a table named sort
VACUUM "sort" TO 75 PERCENT

--- a table named boost
VACUUM FULL "boost"

--- a table named compression
ANALYZE "compression" (a)

--- a table named comprows
ANALYZE COMPRESSION "comprows" COMPROWS 5

--- a schema named predicate
ANALYZE "predicate".columns PREDICATE COLUMNS

--- columns named as what begins a clause
CREATE TABLE t (
  "values" integer,
  "unique" integer,
  type integer,
  "primary" varchar(256),
  partition_key integer,
  sortkey integer SORTKEY
)

--- aliases named as clauses
UPDATE t AS set SET a = 1 FROM u AS "where" WHERE "where".a = 1
