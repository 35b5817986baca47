--- create what
create tabel t (a int)

--- create nothing
create

--- alter what
alter colum a

--- drop what
drop index i

--- replace a table
create or replace table t (a int)

--- columns without types
create table t (a, b)

--- a column without a type
create table t (a int, b)

--- one column without a type
create table t (a int, b, c int)

--- unknown type
create table t (a strng)

--- foreign type
create table t (a uuid)

--- length too large
create table t (a varchar(70000))

--- no columns
create table t ()

--- no parentheses
create table t a int

--- trailing comma
create table t (a int, b int,)

--- missing comma
create table t (a int b int)

--- parenthesis not closed
create table t (a int, b int

--- a reserved word as a column
create table t (user int)

--- a string as a column
create table t ('a' int)

--- types and a query
create table t (a int) as select 1

--- if not exists and a query
create table if not exists t as select 1

--- as without a query
create table t as selct 1

--- nothing after the name
create table t

--- local without temporary
create local table t (a int)

--- unknown encoding
create table t (a int encode zst)

--- encoding that is none
create table t (a int encode gzip)

--- an attribute twice
create table t (a int encode raw encode lzo)

--- null and not null
create table t (a int null not null)

--- two keys of one column
create table t (a int unique primary key)

--- not without null
create table t (a int not nul)

--- misspelt attribute
create table t (a int distky)

--- auto increment
create table t (a int auto_increment)

--- identity without numbers
create table t (a int identity)

--- identity with one number
create table t (a int identity(1))

--- identity that is no number
create table t (a int identity('a', 1))

--- generated always
create table t (a int generated always as identity (1, 1))

--- collation of another database
create table t (a text collate "C")

--- unknown collation
create table t (a text collate case_insensitiv)

--- check of a column
create table t (a int check (a > 0))

--- check of a table
create table t (a int, constraint positive check (a > 0))

--- constraint without a kind
create table t (a int, constraint c (a))

--- key without columns
create table t (a int, primary key)

--- primary without key
create table t (a int primary)

--- foreign key without references
create table t (a int, foreign key (a))

--- foreign key with an action
create table t (a int references u on delete cascade)

--- like with a misspelt word
create table t (like u includin defaults)

--- like without defaults
create table t (like u including)

--- unknown distribution
create table t (a int) diststyle evn

--- distribution key without parentheses
create table t (a int) distkey a

--- two distribution keys
create table t (a int, b int) distkey (a, b)

--- distribution key of another style
create table t (a int) diststyle even distkey (a)

--- an attribute of the table twice
create table t (a int) sortkey (a) sortkey auto

--- sort key without parentheses
create table t (a int) sortkey a

--- compound auto
create table t (a int) compound sortkey auto

--- compound alone
create table t (a int) compound (a)

--- sort key none
create table t (a int) sortkey none

--- backup
create table t (a int) backup off

--- unknown attribute of the table
create table t (a int) distyle all

--- engine of another database
create table t (a int) engine = innodb

--- alter what of a table
alter table t modify a int

--- misspelt action
alter table t renam to u

--- several actions
alter table t add column a int, add column b int

--- a type among encodings
alter table t alter column a encode raw, alter column b type varchar(20)

--- default of a column
alter table t alter column a set default 1

--- column without a change
alter table t alter column a

--- add if not exists
alter table t add column if not exists a int

--- add if not exists without column
alter table t add if not exists a int

--- add a key column
alter table t add column a int primary key

--- add an identity
alter table t add column a int identity(1, 1)

--- rename to another schema
alter table t rename to s.u

--- rename without to
alter table t rename u

--- set schema
alter table t set schema s

--- set what
alter table t set locaton 's3://b/'

--- distribution key in parentheses
alter table t alter distkey (a)

--- interleaved
alter table t alter interleaved sortkey (a)

--- distribution style without its key
alter table t alter diststyle key

--- row level security
alter table t row level security yes

--- append without from
alter table t append u

--- drop without a name
drop table

--- drop trailing comma
drop table a,

--- drop with both
drop table a cascade restrict

--- drop if not exists
drop table if not exists a

--- a view without as
create view v select 1

--- a view without a query
create view v as

--- a view of an insert
create view v as insert into t values (1)

--- if not exists of a view
create view if not exists v as select 1

--- schema binding
create view v as select 1 with schema binding

--- a temporary view
create temp view v as select 1

--- columns of a materialized view
create materialized view v (a) as select 1

--- materialized view if not exists
create materialized view if not exists v as select 1

--- misspelt attribute of a materialized view
create materialized view v sortky (a) as select a from t

--- no data
create materialized view v as select 1 with no data

--- auto refresh
create materialized view v auto refresh on as select 1

--- refresh a view
refresh view v

--- alter a view
alter view v rename to w

--- rename a materialized view
alter materialized view v rename to w

--- a schema without a name
create schema

--- quota
create schema s quota lots

--- misspelt quota
create schema s quta 5 gb

--- external schema from where
create external schema s from glue database 'd'

--- misspelt option
create external schema s from kinesis iam_rol default

--- option twice
create external schema s from data catalog database 'a' database 'b'

--- option without a string
create external schema s from data catalog database d

--- option in double quotes
create external schema s from data catalog database "d"

--- authentication
create external schema s from msk authentication sasl uri 'b:9096'

--- alter external schema
alter external schema s database 'd'

--- external table without a location
create external table s.t (a int) stored as parquet

--- external table without a format
create external table s.t (a int) location 's3://b/'

--- unknown format
create external table s.t (a int) stored as parket location 's3://b/'

--- columns and a query
create external table s.t (a int) stored as parquet location 's3://b/' as select 1

--- neither columns nor a query
create external table s.t stored as parquet location 's3://b/'

--- a struct without a colon
create external table s.t (a struct<b int>) stored as parquet location 's3://b/'

--- a map of one type
create external table s.t (a map<int>) stored as parquet location 's3://b/'

--- a struct that is not closed
create external table s.t (a struct<b:int) stored as parquet location 's3://b/'

--- a struct of an ordinary table
create table t (a struct<b:int>)

--- property without quotes
create external table s.t (a int) stored as parquet location 's3://b/' table properties (numRows = 5)

--- partition without a location
alter table s.t add partition (day = '2026-01-01')

--- database if not exists
create database if not exists d

--- connection limit
create database d connection limit some

--- isolation level
create database d isolation level snapshots

--- misspelt database option
create database d colate ci

--- database from where
create database d from share s

--- alter database
alter database d integration refresh some tables

--- comment on what
comment on tabel t is 'x'

--- comment without a string
comment on table t is x

--- comment on a column without its table
comment on column a is 'x'

--- analyze columns
analyze t (a,)

--- vacuum what
vacuum t to 75

--- vacuum sort
vacuum sort t

--- nested too deep
create external table s.t (a array<array<int>>, b array<array<array<int>) stored as orc location 's3://b/'

--- a setting of the system
alter system set metadata_security true

--- a switch of the system
alter system set metadata_security = yes

--- external what
create external tabel s.t (a int)

--- materialized what
drop materialized vew v

--- a schema in a schema
create schema a create schema b
