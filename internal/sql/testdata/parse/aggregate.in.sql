--- counts
select count(*), count(a), count(distinct a), count(all a), count(t.*)

--- approximate
select approximate count(distinct a), approximate percentile_disc(0.5) within group (order by a), approximate from t

--- approximate as a name
select approximate in (1), approximate between (1) and (2) from t

--- listagg
select listagg(a, ', ') within group (order by b desc, c), listagg(distinct a) within group (order by a)

--- percentiles
select percentile_cont(0.5) within group (order by a) over (partition by b), median(a)

--- filter
select count(*) filter (where a > 1), sum(a) filter (where b) over (order by c)

--- order inside
select array_agg(a order by b desc nulls last, c)

--- over nothing
select count(*) over ()

--- over partitions
select sum(a) over (partition by b, c), sum(a) over (order by b desc, c nulls first)

--- frames
select sum(a) over (order by b rows unbounded preceding), sum(a) over (order by b rows between unbounded preceding and current row)

--- more frames
select sum(a) over (order by b rows between 1 preceding and 2 following), sum(a) over (order by b rows between current row and unbounded following), sum(a) over (order by b range between unbounded preceding and unbounded following)

--- frames by expression
select sum(a) over (order by b rows between 1 + 1 preceding and $1 following), sum(a) over (order by b rows 3 preceding), sum(a) over (order by b range current row)

--- a frame with an interval
select sum(a) over (order by b range between interval '1 day' preceding and current row)

--- window functions
select row_number() over (order by a), rank() over (order by a), dense_rank() over (order by a), ntile(4) over (order by a), cume_dist() over (order by a), percent_rank() over (order by a), ratio_to_report(a) over (partition by b)

--- lag and lead
select lag(a) over (order by b), lead(a, 2) over (order by b), lag(a, 1, 0) over (order by b)

--- nulls outside
select lag(a, 1) ignore nulls over (order by b), first_value(a) respect nulls over (order by b)

--- nulls inside
select last_value(a ignore nulls) over (order by b), nth_value(a, 2 respect nulls) over (order by b)

--- nulls inside behind a call
select first_value(upper(a) ignore nulls) over (order by b), nth_value(a, abs(b) respect nulls) over (order by b), last_value(a order by abs(b) ignore nulls) over (order by b), last_value(1 + f(g(a)) ignore nulls) over (order by b)

--- nulls of a call in arguments
select coalesce(lag(a) ignore nulls over (order by b), first_value(a) respect nulls over (order by b), 0)

--- a named window
select sum(a) over w, sum(a) over (w), sum(a) over (w order by b) from t window w as (partition by c)

--- windows with names of keywords
select sum(a) over "rows", sum(a) over ("range" order by b) from t window "rows" as (), "range" as (partition by c)

--- over as an alias
select sum(a) over from t

--- filter as an alias
select sum(a) filter, max(b) within from t

--- bool_and and bool_or
select bool_and(a), bool_or(b), every(c), stddev_pop(d), var_samp(e), any_value(f)

--- aggregates of expressions
select sum(case when a then b else 0 end) / nullif(count(distinct c), 0)::decimal(10, 4), max(a) - min(a)
