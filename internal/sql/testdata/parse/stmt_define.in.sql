--- a table with everything
create table if not exists sms.sends (send_id bigint identity(1,1), campaign_id bigint not null default 0 encode az64 distkey, body varchar(1600) collate case_insensitive null encode zstd, sent_at timestamp default getdate() sortkey, primary key (send_id), constraint known foreign key (campaign_id) references sms.campaigns (campaign_id), like sms.base including defaults) backup no diststyle key compound sortkey (sent_at, campaign_id) encode auto

--- a short table
create table t (a int, b text)

--- a temporary table
create local temp table #picked (a int)

--- a table from a query
create temporary table reports.daily (day, sends) distkey (day) sortkey (day) as select sent_at::date, count(*) from sms.sends where status in ('sent', 'delivered') group by 1

--- names that need quotes
create table "Order".t ("select" int, "two words" text, primary key ("select"))

--- a view
create or replace view reports.named (day, sends) as select sent_at::date, count(*) from sms.sends group by 1 with no schema binding

--- a materialized view
create materialized view reports.mv_daily sortkey (day) auto refresh yes distkey (day) as select sent_at::date as day, campaign_id, count(*) as sends from sms.sends group by 1, 2

--- several changes of encodings
alter table sms.sends alter column body encode lzo, alter column sent_at encode az64, alter column status encode raw, alter column campaign_id encode zstd

--- a column that is added
alter table t add b varchar(20) default 'n/a' not null

--- a distribution key
alter table t alter diststyle key distkey a

--- an external schema
create external schema if not exists lake from data catalog database 'web' region 'eu-west-1' iam_role default create external database if not exists

--- an external table
create external table lake.customers (id int, name struct<given:varchar(20), family:varchar(20)>, orders array<struct<price:double precision, lines:array<int>>>) partitioned by (day date) row format serde 'org.openx.data.jsonserde.JsonSerDe' with serdeproperties ('paths'='id,name') stored as textfile location 's3://shop-lake/customers/' table properties ('numRows'='5')

--- partitions
alter table lake.clicks add if not exists partition (day='2026-01-30', hour=5) location 's3://shop-lake/a/' partition (day='2026-01-30', hour=6) location 's3://shop-lake/b/'

--- a schema with what is in it
create schema shop authorization admin quota 2 tb create table items (sku text) create view cheap as select sku from items where price < 1

--- a database
create database shop with owner = admin connection limit unlimited collate ci isolation level snapshot

--- drop
drop table if exists a, b.c cascade

--- comment
comment on column sms.sends.body is 'as it was sent'

--- vacuum
vacuum sort only sms.sends to 75 percent boost

--- a table with the name of an option of vacuum
vacuum "reindex" boost

--- a table named sort
vacuum "sort" to 75 percent

--- a table named boost
vacuum full "boost"

--- a table named compression
analyze "compression" (a)

--- a table named comprows
analyze compression "comprows" comprows 5

--- a schema named predicate
analyze "predicate"."columns" predicate columns

--- columns named as what begins a clause
create table t ("values" int, "unique" int, type int, "primary" text, partition_key int, "sortkey" int sortkey)

--- aliases named as clauses
update t as "set" set a = 1 from u as "where" where "where".a = 1
