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
