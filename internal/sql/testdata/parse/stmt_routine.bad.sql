--- a procedure without parentheses
create procedure p as $$ $$ language plpgsql

--- a procedure without a body
create procedure p() language plpgsql

--- a procedure without a language
create procedure p() as $$ begin null; end; $$

--- a body that is not closed
create procedure p() as $$ begin null; end; language plpgsql

--- a body twice
create procedure p() as 'a' as 'b' language plpgsql

--- a body without quotes
create procedure p() as begin null; end; language plpgsql

--- an unknown type of an argument
create procedure p(a strng) as $$ $$ language plpgsql

--- an argument without a type
create procedure p(a, b int) as $$ $$ language plpgsql

--- a function without returns
create function f(int) stable as $$ select 1 $$ language sql

--- a function that is nonatomic
create function f(int) returns int nonatomic as $$ select 1 $$ language sql

--- a security that is none
create procedure p() as $$ $$ language plpgsql security owner

--- an external function with an unknown option
create external function f(int) returns int stable lambda 'f' iam_role default retries 3

--- call without parentheses
call p

--- call without a name
call ()

--- call with a trailing comma
call p(1,)

--- alter a procedure in an unknown way
alter procedure p() set x to 1

--- a library without a language
create library l from 's3://lake/l.zip'

--- drop a procedure without a name
drop procedure ()

--- show tables without a schema
show tables

--- show columns of a table
show columns from sales

--- show create table
show create table sales

--- show grants without a subject
show grants

--- show tables like a name
show tables from schema shop like sales

--- show a table with arguments
show table sales(int)

--- show databases from a catalogue that is none
show databases from glue

--- describe a table
desc sales

--- describe an account without its namespace
desc datashare d of account '1'

--- a datashare in an unknown way
alter datashare d rename to e

--- a datashare with an unknown option
alter datashare d set public true

--- a datashare that includes what is new without a schema
alter datashare d set includenew true
