--- nulls outside
SELECT
  lag(a, 1 IGNORE NULLS) OVER (ORDER BY b),
  first_value(a RESPECT NULLS) OVER (ORDER BY b)

--- nulls inside
SELECT
  last_value(a IGNORE NULLS) OVER (ORDER BY b),
  nth_value(a, 2 RESPECT NULLS) OVER (ORDER BY b)

--- nulls inside behind a call
SELECT
  first_value(upper(a) IGNORE NULLS) OVER (ORDER BY b),
  nth_value(a, abs(b) RESPECT NULLS) OVER (ORDER BY b),
  last_value(a ORDER BY abs(b) IGNORE NULLS) OVER (ORDER BY b),
  last_value(1 + f(g(a)) IGNORE NULLS) OVER (ORDER BY b)

--- nulls of a call in arguments
SELECT
  coalesce(
    lag(a IGNORE NULLS) OVER (ORDER BY b),
    first_value(a RESPECT NULLS) OVER (ORDER BY b),
    0)
