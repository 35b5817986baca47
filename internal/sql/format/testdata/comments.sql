--- lists, with commas behind
select a, -- the first
  b -- the second
  , c /* the third */, d
from t -- where from
--- lists, with commas before
select a -- the first
     , b -- the second
     -- about c
     , c
from t
--- before clauses
select a
-- only some
from t
-- no tests
where x = 1
-- newest first
order by 1
--- within conditions
select 1 from t where a = 1 -- first
 and b = 2 -- second
 /* third */ and c = 3
 -- fourth
 and d = 4
--- operators at the ends of lines
select 1 from t where a = 1 and -- about a
 b = 2 or -- about b
 c = 3
--- in a call
select sum(x -- the amount
 ) as total, count( /* all */ *) n, coalesce(
   -- what is known
   a,
   -- or else
   b) from t
--- joins
select 1 from a
-- their names
left join b -- not all have one
  on a.id = b.id -- by id
join /* hm */ c using (id)
--- common table expressions
with -- parts
a as ( -- first
  select 1 as x -- one
  -- end of a
),
-- second
b as (select 2 as x)
-- and all
select * from a, b
--- case
select case -- which
  when a = 1 then 'x' -- first
  -- otherwise
  else 'y' end as z from t
--- between words
select a from t order /* by what */ by -- it
a
--- unions
select 1 -- one
union all -- both
-- two
select 2
--- windows and subqueries
select sum(x) over (partition by a -- each
 order by b /* time */ rows unbounded preceding) s, (select max(y) -- last
 from u where u.id = t.id) m from t where exists (-- any
select 1 from v)
--- dropped and added words
select all a /* as */ b, (c) -- parens
, d from t order by a asc -- up
, b limit all
--- comment characters in strings
select '-- no' as a, $$ /* no */ $$ as b, "-- c" from t -- yes
--- several on one line
select /* a */ /* b */ x /* c */ -- d
, y /* e
   f */ from t
--- multi-line in front
select
  /* What
     this is */
  a, b
from t
--- three in a row
select a -- 1
-- 2
/* 3 */ -- 4
/* 5 */ , b from t
