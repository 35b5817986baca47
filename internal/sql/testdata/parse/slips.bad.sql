--- trailing comma before from
select a, b, from t

--- trailing comma at the end
select a, b,

--- trailing comma in a list
select * from t where a in (1, 2,)

--- trailing comma in group by
select a from t group by a, order by a

--- trailing comma in arguments
select f(a, )

--- missing comma
select a b c from t

--- missing comma in arguments
select f(a b)

--- missing comma between strings
select a from t where b in ('x' 'y')

--- reserved word as a table alias
select * from orders order

--- reserved word as a table alias after as
select * from orders as limit

--- reserved word as a table
select * from user

--- reserved word as a column
select group from t

--- reserved word as a with query
with order as (select 1) select 2

--- no name after as
select a as from t

--- string as an alias
select a as 'x' from t

--- nulls behind a call in parentheses without over
select (lag(a) ignore nulls) from t

--- nulls behind arguments with keywords
select extract(year from f(a) respect nulls) over () from t

--- reserved word as a column of a with query
with recursive up (id, top) as (select 1, 2) select * from up

--- missing closing parenthesis
select (a + b from t

--- missing closing parenthesis at the end
select f(g(a)

--- missing closing parenthesis of a subquery
select * from (select a from t where b = 1

--- one parenthesis too many
select (a + b)) from t

--- missing bracket
select a[0 from t

--- double equals
select a from t where a == 1

--- exclamation mark
select a from t where !b

--- and as in C
select a from t where b && c

--- null-safe equals
select a from t where b <=> c

--- arrow
select a -> 'b' from t

--- long arrow
select a ->> 'b' from t

--- backticks
select `a` from t

--- question mark
select a from t where b = ?

--- named parameter
select a from t where b = :name

--- template
select a from {{ ref('t') }}

--- brace
select {a}

--- power as in Python
select a ** 2

--- named argument
select f(x => 1)

--- assignment
select a := 1

--- at the wrong place
select a from t where a =

--- double-quoted interval
select interval "1 day"

--- double-quoted timestamp
select timestamp "2026-01-01"

--- interval without a string
select interval 1 day

--- half an interval
select interval '1' year to

--- subquery without parentheses
select a from t where b = select max(b) from t

--- in without parentheses
select a from t where b in 1

--- any over a list
select a = any (1, 2)

--- chained comparison
select a from t where 1 < a < 10

--- chained like
select a like b like c

--- is what
select a is 5

--- not what
select a not 5

--- case without end
select case when a then b from t

--- case without then
select case when a b end

--- case without when
select case a end

--- cast without as
select cast(a int)

--- unknown type
select a::strng

--- type with too many parameters
select a::decimal(1, 2, 3)

--- type out of range
select a::varchar(100000)

--- type with a fraction
select a::varchar(1.5)

--- type that is missing
select a::

--- a star in an expression
select * + 1 from t

--- a qualified star in an expression
select t.* + 1 from t

--- a star inside a name
select upper(t.* || 'a') from t

--- bare function with parentheses
select current_date()

--- square array
select array[1, 2]

--- parameter zero
select $0

--- parameter too large
select $99999999999999999999

--- over without a window
select sum(a) over 5

--- within without order
select listagg(a) within group (b)

--- extract without from
select extract(year from)

--- reserved word as an argument
select listagg(tag, ',') from t

--- a column in double quotes that is a reserved word in an expression
select a + order from t

--- type of another database
select a::string, b

--- interval as a type
select a::interval

--- clauses in the wrong order
select a from t order by a where b

--- two where clauses
select a from t where b where c

--- lone dot
select a. from t

--- lone dollar
select $ from t

--- like escape without a string
select a like b escape

--- a column named timestamp
select timestamp from t

--- any other call of approximate
select approximate sum(a) from t

--- a string of several lines where none may stand
select * from 'one
two'

--- a star as an operand
select a + * from t

--- a qualified star as an operand
select a + t.* from t

--- a long name of many bytes in a message
select * from 'äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü'

--- misspelt from
select a form t

--- misspelt where
select a from t were b = 1

--- a quote inside a string
select a from t where b like '%it's%'

--- a statement that resembles a query
delete from t

--- a missing comma between columns on lines of their own
select a,
       b
       c
       d
from t

--- a missing comma after a call
select count(*) max(b) from t

--- and for or
select a from t where b = 1 || c = 2 and

--- isnull as a function of two
select isnull(a, 0 from t

--- a join without on
select * from t join u where t.a = u.a

--- a join without on, before another
select * from t join u join v on u.a = v.a

--- on twice
select * from t join u on t.a = u.a on t.b = u.b

--- left without join
select * from t left u on t.a = u.a

--- outer alone
select * from t outer join u on t.a = u.a

--- join with a comma
select * from t, join u on t.a = u.a

--- having before group by
select a, count(*) from t having count(*) > 1 group by a

--- where after group by
select a, count(*) from t group by a where a > 1

--- limit before order by
select a from t limit 5 order by a

--- a limit of a percentage
select top 10 percent a from t

--- top in parentheses without a list
select top (5) from t

--- group by all columns
select a, count(*) from t group by *

--- brackets around a name
select [a] from t

--- brackets around a table
select a from [dbo].[t]

--- single quotes around a column alias without as
select a 'x' from t

--- a semicolon inside
select a from t where; b = 1

--- a trailing and
select a from t where b = 1 and

--- a trailing and before group by
select a, count(*) from t where b = 1 and group by a

--- a leading comma
select , a from t

--- two commas
select a,, b from t

--- a comma after from
select a from t, where b = 1

--- a comma in where
select a from t where b = 1, c = 2

--- a comma before an alias
select a, as b from t

--- is equal
select a from t where b is = 5

--- equals null in a case
select case b = null then 1 end from t

--- else if
select case when a then 1 else if b then 2 end from t

--- elseif
select case when a then 1 elseif b then 2 end from t

--- case with commas
select case when a then 1, when b then 2 end from t

--- if as a statement
select if a then b else c end from t

--- in with a missing parenthesis
select a from t where b in (1, 2 and c = 3

--- not equal in two signs apart
select a from t where b < > c

--- greater or equal the other way round
select a from t where b => c

--- between with a comma
select a from t where b between 1, 5

--- between without and
select a from t where b between 1

--- a fullwidth comma
select a，b from t

--- fullwidth parentheses
select count（a） from t

--- an em dash for a comment
select a — the key
from t

--- a slash comment
select a // the key
from t

--- a curly apostrophe inside a string that ends early
select a from t where b = ‘x’

--- escaped quote of another language
select a from t where b = "it's

--- a cast with a space
select a: :int from t

--- a lambda
select f(x -> x + 1) from t

--- cross apply
select * from t cross apply f(t.a)

--- a hint
select * from t with (nolock)

--- an update
select a from t set b = 1

--- over without parentheses
select row_number() over partition by a from t

--- over of an order without by
select row_number() over (order a) from t

--- window after qualify without over
select a from t qualify row_number() (partition by a) = 1

--- exists without a query
select a from t where exists t

--- union of lists
select a from t union b from u

--- union order
select a from t union all order by a

--- with without parentheses around its query
with a as (select 1, b as (select 2) select * from a

--- extra end
select case when a then 1 end end + 1 from t

--- a number as an alias
select a as 1 from t

--- a date without quotes
select a from t where b > date 2026-01-01

--- distinct in the middle
select a, distinct b from t

--- count distinct without parentheses
select count distinct a from t

--- offset before limit without a number
select a from t offset limit 5

--- unnest in a list
select unnest(a) from t

--- pivot without parentheses
select * from t pivot sum(a) for b in (1)

--- several aggregates in a pivot
select * from t pivot (sum(a), count(b) for c in (1))

--- a query in a pivot
select * from t pivot (sum(a) for b in (select b from u))

--- dot at the end
select t. from t

--- prior without connect by
select prior a from t start with a = 1

--- a literal with its unit outside
select a + interval 5 days from t

--- colon in a path
select a:b.c from t
