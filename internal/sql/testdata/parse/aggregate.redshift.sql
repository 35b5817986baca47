--- counts
SELECT count(*), count(a), count(DISTINCT a), count(a), count(t.*)

--- approximate
SELECT
  APPROXIMATE count(DISTINCT a),
  APPROXIMATE percentile_disc(0.5) WITHIN GROUP (ORDER BY a),
  approximate
FROM t

--- approximate as a name
SELECT approximate IN (1), approximate BETWEEN 1 AND 2 FROM t

--- listagg
SELECT
  listagg(a, ', ') WITHIN GROUP (ORDER BY b DESC, c),
  listagg(DISTINCT a) WITHIN GROUP (ORDER BY a)

--- percentiles
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) OVER (PARTITION BY b), median(a)

--- filter
SELECT count(*) FILTER (WHERE a > 1), sum(a) FILTER (WHERE b) OVER (ORDER BY c)

--- order inside
SELECT array_agg(a ORDER BY b DESC NULLS LAST, c)

--- over nothing
SELECT count(*) OVER ()

--- over partitions
SELECT sum(a) OVER (PARTITION BY b, c), sum(a) OVER (ORDER BY b DESC, c NULLS FIRST)

--- frames
SELECT
  sum(a) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
  sum(a) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)

--- more frames
SELECT
  sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING),
  sum(a) OVER (ORDER BY b ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING),
  sum(a) OVER (ORDER BY b RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)

--- frames by expression
SELECT
  sum(a) OVER (ORDER BY b ROWS BETWEEN 1 + 1 PRECEDING AND $1 FOLLOWING),
  sum(a) OVER (ORDER BY b ROWS BETWEEN 3 PRECEDING AND CURRENT ROW),
  sum(a) OVER (ORDER BY b RANGE BETWEEN CURRENT ROW AND CURRENT ROW)

--- a frame with an interval
SELECT sum(a) OVER (ORDER BY b RANGE BETWEEN INTERVAL '1 day' PRECEDING AND CURRENT ROW)

--- window functions
SELECT
  row_number() OVER (ORDER BY a),
  rank() OVER (ORDER BY a),
  dense_rank() OVER (ORDER BY a),
  ntile(4) OVER (ORDER BY a),
  cume_dist() OVER (ORDER BY a),
  percent_rank() OVER (ORDER BY a),
  ratio_to_report(a) OVER (PARTITION BY b)

--- lag and lead
SELECT
  lag(a) OVER (ORDER BY b),
  lead(a, 2) OVER (ORDER BY b),
  lag(a, 1, 0) OVER (ORDER BY b)

--- nulls outside
SELECT
  lag(a, 1) IGNORE NULLS OVER (ORDER BY b),
  first_value(a) RESPECT NULLS OVER (ORDER BY b)

--- nulls inside
SELECT
  last_value(a) IGNORE NULLS OVER (ORDER BY b),
  nth_value(a, 2) RESPECT NULLS OVER (ORDER BY b)

--- nulls inside behind a call
SELECT
  first_value(upper(a)) IGNORE NULLS OVER (ORDER BY b),
  nth_value(a, abs(b)) RESPECT NULLS OVER (ORDER BY b),
  last_value(a ORDER BY abs(b)) IGNORE NULLS OVER (ORDER BY b),
  last_value(1 + f(g(a))) IGNORE NULLS OVER (ORDER BY b)

--- nulls of a call in arguments
SELECT
  coalesce(
    lag(a) IGNORE NULLS OVER (ORDER BY b),
    first_value(a) RESPECT NULLS OVER (ORDER BY b),
    0)

--- a named window
SELECT sum(a) OVER w, sum(a) OVER (w), sum(a) OVER (w ORDER BY b)
FROM t
WINDOW w AS (PARTITION BY c)

--- windows with names of keywords
SELECT sum(a) OVER "rows", sum(a) OVER ("range" ORDER BY b)
FROM t
WINDOW "rows" AS (), "range" AS (PARTITION BY c)

--- over as an alias
SELECT sum(a) AS over FROM t

--- filter as an alias
SELECT sum(a) AS filter, max(b) AS within FROM t

--- bool_and and bool_or
SELECT bool_and(a), bool_or(b), every(c), stddev_pop(d), var_samp(e), any_value(f)

--- aggregates of expressions
SELECT
  sum(CASE WHEN a THEN b ELSE 0 END) / nullif(count(DISTINCT c), 0)::decimal(10,4),
  max(a) - min(a)
