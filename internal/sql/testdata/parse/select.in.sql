--- a constant
select 1

--- semicolon and comments
-- what it is for
select 1 /* one /* nested */ */ ; -- done

--- columns of one to four parts
select a, t.a, s.t.a, db.s.t.a from db.s.t

--- aliases with and without as
select a b, c as d, e "f", g as "Group by" from t

--- reserved words after as and after a dot
select x as timestamp, t.user as "order", t.date as end_ from t as "table"

--- names fold to lower case, quoted ones too
SELECT "MixedCase", OTHER, "Ünïcode", straße FROM "Schema"."Table"

--- names that need quotes
select "a b", "1st", "say ""hi""", "a$b", a$b, _x from "from"

--- words that only look special
select date, time, type, year, value, name, key, status, count, qualify, filter, over, at from t

--- star
select * from t

--- qualified star
select t.*, s.u.*, u.a from t, s.u

--- exclude
select * exclude (a, b) from t

--- exclude without parentheses
select *, a + b as c exclude a, b from t

--- distinct
select distinct a, b from t

--- all
select all a from t

--- top
select top 10 a from t

--- top and distinct, in either order
select distinct top 10 a from t

--- top of an expression
select top (5 + 5) a from t

--- where
select a from t where a > 1

--- group by
select a, count(*) from t group by a having count(*) > 1

--- group by positions
select a, b, sum(c) from t group by 1, 2

--- group by all
select a, b, sum(c) from t group by all

--- group by rollup
select a, b, sum(c) from t group by rollup (a, b)

--- group by cube with a list
select a, b, c, sum(d) from t group by cube ((a, b), c)

--- group by grouping sets
select a, b, sum(c) from t group by grouping sets ((a, b), (a), a, rollup (b), ())

--- group by the grand total
select count(*) from t group by ()

--- mixed grouping
select a, b, grouping(a) from t group by a, rollup (b)

--- order by
select a from t order by a, b desc, c asc nulls first, 4 nulls last

--- limit and offset
select a from t order by 1 limit 10 offset 20

--- offset before limit
select a from t offset 20 limit 10

--- limit all
select a from t limit all

--- qualify
select a from t qualify row_number() over (partition by a order by b) = 1

--- qualify after having
select a, sum(b) s from t group by a having sum(b) > 0 qualify rank() over (order by s desc) <= 3

--- window clause
select sum(a) over w, avg(b) over (w rows 2 preceding) from t window w as (partition by c order by d)

--- window clause and qualify
select rank() over w r from t qualify r = 1 window w as (order by a), v as (w)

--- with
with a as (select 1 as x), b (y) as (select x from a) select y from b

--- with recursive
with recursive n(i) as (select 1 union all select i + 1 from n where i < 10) select i from n

--- a with query named recursive
with "recursive" as (select 1) select * from "recursive"

--- with inside a subquery
select * from (with a as (select 1) select * from a) x

--- values
values (1, 'a'), (2, 'b')

--- values in from
select * from (values (1, 'a'), (2, 'b')) as v (id, name)

--- select without from
select 1 where true

--- a query in parentheses
(select a from t)

--- order of a query in parentheses
(select a from t) order by a

--- limit of a limit
(select a from t limit 10) limit 5

--- union
select a from t union select a from u

--- union all and order
select a from t union all select a from u order by 1 limit 3

--- union distinct
select a from t union distinct select a from u

--- minus
select a from t minus select a from u

--- intersect binds tighter
select 1 union select 2 intersect select 3 except select 4

--- a set operation in parentheses
select 1 except (select 2 union all select 3)

--- parentheses that do nothing
(select 1 intersect select 2) union (select 3)

--- parentheses against precedence
(select 1 union select 2) intersect select 3

--- a limited side
(select a from t order by a limit 1) union all (select a from u order by a limit 1)

--- a with query on one side
(with a as (select 1) select * from a) union select 2

--- intersect all
select a from t intersect all select a from u

--- a long query is broken into lines
with recent_orders as (select customer_id, order_id, total_amount, created_at from shop.orders where created_at >= dateadd(day, -30, current_date) and status not in ('cancelled', 'returned')), totals as (select customer_id, sum(total_amount) as total, count(*) as orders from recent_orders group by customer_id) select c.customer_id, c.name, coalesce(t.total, 0) as total, case when t.total > 1000 then 'gold' when t.total > 100 then 'silver' else 'bronze' end as tier from shop.customers c left join totals t on t.customer_id = c.customer_id and t.orders > 1 inner join shop.countries using (country_code) where c.deleted_at is null and (c.country_code = 'DE' or c.country_code = 'AT' or c.marketing_consent) order by total desc, c.customer_id limit 100

--- long lists of values are filled
select a from t where a in (1000001, 1000002, 1000003, 1000004, 1000005, 1000006, 1000007, 1000008, 1000009, 1000010, 1000011)

--- a byte order mark
﻿select 1

--- several columns of a union
select a, b from t union all select c, d from u union all (select e, f from v order by e limit 1) order by 1, 2

--- nested set operations on the right
select 1 union all (select 2 union all (select 3 intersect select 4))

--- except is left to right
select 1 except select 2 except select 3

--- values and a union
values (1) union all values (2)

--- a query named like a word of the language
with values_ as (select 1 as value), "values" as (select 2) select * from values_, "values"

--- hierarchies
select id from t connect by prior id = up

--- hierarchies from the top
select id, level from t where level < 3 start with up is null connect by up = prior id and prior (a + b) > c group by id

--- a column named prior
select prior from t connect by prior = 3 and prior prior > prior

--- into
select a, b into u from t where a > 1

--- into a temporary table
select a into temporary table s.u from t union all select b from v

--- into a local table
select * exclude (a) into temp #u from t

--- any word after as
select a as end, b as from, c as limit, d as on, e as select, f as into, g as order from t

--- a word after as at the end
select (select 1 as where) as offset, 2 as union
