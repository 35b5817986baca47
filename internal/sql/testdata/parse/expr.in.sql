--- numbers
select 1, 1.5, .5, 5., 1e10, 1.5E-3, -1, +2, - -3

--- strings
select '', 'a', 'it''s', 'back\\slash', 'it\'s', 'tab\there', 'octal \101', E'new\nline', 'no \d escape'

--- strings over lines
select 'one '
  'two'

--- dollar quotes
select $$it's$$, $q$a $$ b\n$q$

--- multibyte text
select 'grüße €', 'emoji 🎉'

--- booleans and null
select true, FALSE, null

--- typed literals
select date '2026-01-31', timestamp '2026-01-31 10:00:00', timestamptz '2026-01-31 10:00:00+01', time '10:00', timetz '10:00+01', timestamp with time zone '2026-01-31', integer '5'

--- intervals
select interval '1 day', interval '3' day, interval '1-2' year to month, interval '1 02:03:04.5' day to second(3), interval '5' second (2), interval '-1' hour

--- parameters
select $1, $2 + 1

--- arithmetic
select 1 + 2 * 3 - 4 / 5 % 6, (1 + 2) * 3, 1 - (2 - 3), (1 - 2) - 3, 2 ^ 3 ^ 2, 2 ^ (3 ^ 2)

--- signs
select -a, -(-a), -(a + b), (-a) ^ 2, -a ^ 2, -(a ^ 2), a - -b

--- comparisons
select a = b, a <> b, a != b, a < b, a <= b, a > b, a >= b

--- comparisons of comparisons
select (a = b) = (c < d), (a = b) is true

--- logic
select a and b or not c and (d or e), not (a and b), not a = b, not not a

--- the right side keeps its parentheses
select a and (b and c), a or (b or c), (a or b) or c

--- strings together
select a || b || 'c', a || (b || c), a || b = c, a <> (b || c)

--- bits
select a & b | c # d, a << 2, b >> 1, ~ a, ~ (a | b)

--- roots
select |/ 25, ||/ 27, @ -5

--- regular expressions
select a ~ 'x', a ~* 'x', a !~ 'x', a !~* 'x'

--- is
select a is null, a is not null, a is true, a is not false, a is unknown, a isnull, b notnull

--- is of an expression
select a + b is null, (a || b) is null, (a = b) is not true, not a is null

--- is distinct from
select a is distinct from b, a is not distinct from b + 1, (a or b) is distinct from null

--- between
select a between 1 and 2, a not between b - 1 and b + 1, a between 1 and 2 and c

--- in
select a in (1, 2, 3), a not in ('x'), (a, b) in ((1, 2), (3, 4))

--- in query
select a in (select b from t), a not in (select b from t where c)

--- in a union
select a in ((select 1) union (select 2)), a in ((select 1 limit 1) order by 1)

--- in a list of one query
select a in ((select 1)), a in ((select 1), 2)

--- exists
select exists (select 1 from t), not exists (select 1 from u)

--- any and all
select a = any (select b from t), a > all (select b from t), a <> some (select b from t)

--- like
select a like 'x%', a not like '%x', a ilike 'X%', a not ilike 'x', a similar to '%(b|d)%', a not similar to 'x'

--- escape
select a like '10\\%' , a like '10^%' escape '^', a ilike b || '%' escape c

--- case
select case when a then 1 when b then 2 else 3 end, case a when 1 then 'x' end

--- nested case
select case when case when a then b end then case c when d then e end else case when f then g end end

--- casts
select a::int, cast(a as bigint), convert(decimal(10, 2), a), try_cast(a as date), a::varchar(20)::char(3)

--- types
select a::smallint, a::int2, a::integer, a::int8, a::decimal, a::numeric(10), a::real, a::float4, a::float8, a::float, a::double precision, a::bool, a::boolean

--- more types
select a::char, a::character(5), a::character varying(10), a::varchar, a::varchar(max), a::nvarchar(10), a::text, a::bpchar, a::date, a::time, a::timetz, a::time with time zone

--- even more types
select a::timestamp, a::timestamp without time zone, a::timestamptz, a::timestamp with time zone, a::super, a::varbyte, a::varbyte(10), a::binary varying(5), a::interval year to month, a::interval day to second

--- casts of expressions
select (a + b)::int, -a::int, (-a)::int, '1'::int, (select 1)::int, f(x)::int, (a is null)::int, null::varchar(5)

--- at time zone
select a at time zone 'utc', a at time zone 'utc' at time zone 'CET', (a + b) at time zone c, a::timestamp at time zone 'utc'

--- scalar queries
select (select 1), (select max(a) from t) + 1, ((select 1) union (select 2)), ((select 1))

--- rows
select (a, b) = (1, 2), row(1), row(1, 2)

--- arrays
select array(), array(1, 2, 'a')

--- super navigation
select a.b[0].c, a[1][2], a.b.c.d.e.f, (a).b, f(x).y, (a.b).c

--- a function call
select f(), f(1), s.f(1, 2), "f"(1), "select"(1)

--- left and right
select left(a, 2), right(a, 2)

--- bare functions
select current_date, current_timestamp, current_time, localtime, localtimestamp, sysdate, current_user, session_user, user, current_user_id

--- extract
select extract(epoch from a), extract('year' from a), extract(day from a - b)

--- date parts
select dateadd(day, 1, a), datediff(hour, a, b), date_part(year, a), date_trunc('month', a), dateadd('month', -1, a), datediff(qtr, a, b)

--- columns where date parts may stand
select dateadd("day", 1, a), dateadd(t.day, 1, a), date_trunc(day, a)

--- trim
select trim(a), trim(both 'x' from a), trim(leading 'x' from a), trim(trailing from a), trim('x' from a), trim(both a), trim(a, 'x')

--- substring
select substring(a, 1, 2), substring(a from 2), substring(a from 2 for 3), substring(a for 3)

--- position
select position('a' in b), position('a' || c in b), position((a in (b)) in c)

--- overlay
select overlay(a placing b from 1), overlay(a placing b from 1 for 2)

--- functions with names of keywords
select "convert"(1, 2), "exists"(1), "row"(1), "rollup"(1), "trim"(distinct a), "values"(1)

--- nested functions
select coalesce(nullif(trim(lower(a)), ''), nvl2(b, c, d), decode(e, 1, 'x', 'y'))

--- columns like functions
select exists, "exists", row, values, coalesce, substring, "interval" from t

--- a long condition is broken at its operators
select 1 where alpha_column = 'first value' and beta_column = 'second value' and (gamma_column > 100 or delta_column < 200) and epsilon is not null

--- a long function call is broken at its arguments
select json_extract_path_text(some_very_long_column_name, 'first_level_key', 'second_level_key', 'third_level_key')

--- a long sum
select first_quarter_revenue + second_quarter_revenue + third_quarter_revenue + fourth_quarter_revenue - total_refunds

--- casts inside paths
select (a::super).b, (a::super)[0], a[0]::int, a.b[0]::varchar(5)

--- names with digits and dollars
select a1, b$2, _c from t1

--- operators without spaces
select a+b*-c||d::int<=e and f!=-1

--- comparison with a negative
select a > -1, a = -b, a - (-b), a * -1

--- not in front of everything
select not a in (1), not a like 'b', not a between 1 and 2, not exists (select 1), not a is null

--- precedence of not
select (not a) = b, a = (not b), not (a = b)

--- precedence of between and
select (a between 1 and 2) and b, a between (1 and 2) and 3

--- precedence of like
select a || b like c || d, (a like b) = c, a like (b like c)

--- precedence of time zones
select -a at time zone 'utc', a ^ b at time zone 'utc', (a ^ b) at time zone 'utc'

--- precedence of casts
select a::int + b::int, (a + b)::int::varchar(3), a || b::varchar(3)

--- case as an operand
select case when a then 1 else 2 end + 1, case a when b then c end is null, (case when a then b end)::int

--- a time zone in between
select a between b at time zone 'utc' and c at time zone 'utc', a between (b at time zone 'utc')::date and c

--- signs right after operators
select a!=-1, a^-1, a||-1, a<-1, a=+1, a-+1, a*-b, 2/-b

--- comments right after operators
select a+/* one */b, a||--two
b, a*/**/b

--- part of a date that is no plain word
select extract('odd part' from a)

--- strings cast to intervals
select '5 days'::interval, cast('1 hour' as interval), a + '2 weeks'::interval day to second
