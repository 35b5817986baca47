--- empty

--- only a comment
-- nothing here

--- an insert
insert into t values (1)

--- a delete behind with
with a as (select 1) delete from t

--- a create
create table t (a int)

--- a word that is no statement
selct a from t

--- text after the query
select a from t; drop table t

--- a condition without operator
select a from t where a = 1 b = 2

--- into without a name
select a into from t

--- for update
select a from t for update

--- distinct on
select distinct on (a) a, b from t

--- lateral
select * from t, lateral (select 1) x

--- start with without connect by
select a from t start with a = 1 group by a

--- fetch first
select a from t fetch first 10 rows only

--- limit with a comma
select a from t limit 10, 20

--- order by before union
select a from t order by a union select b from u

--- groups frame
select sum(a) over (order by b groups 1 preceding) from t

--- frame exclusion
select sum(a) over (order by b rows 1 preceding exclude ties) from t

--- frame backwards
select sum(a) over (order by b rows between 1 following and current row) from t

--- frame edge
select sum(a) over (order by b rows between 1 and 2 following) from t

--- window without parentheses in the clause
select a from t window w as v

--- with without as
with a (select 1) select 2

--- with without a query after it
with a as (select 1)

--- a with query that is not in parentheses
with a as select 1 select 2

--- with a trailing comma
with a as (select 1), select 2

--- values without parentheses
values 1, 2

--- nothing after select
select

--- no columns
select from t

--- missing join condition
select * from a join b where a.x = b.x

--- condition on a cross join
select * from a cross join b on a.x = b.x

--- join without a table
select * from a join on a.x = b.x

--- using without parentheses
select * from a join b using x

--- pivot without for
select * from t pivot (sum(a) in (1, 2))

--- unpivot of an expression
select * from t unpivot (v for n in (a + b))

--- nulls without a place
select a from t order by a nulls

--- group by without by
select a from t group a

--- empty grouping
select a from t group by

--- all of several lines
select a,
       b,
       c d e
from t
where a = 1

--- natural and cross
select * from a natural cross join b

--- literal of a type with parameters
select varchar 'x'
