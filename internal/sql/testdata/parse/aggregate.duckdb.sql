--- nulls outside
SELECT
  lag(a, 1 IGNORE NULLS) OVER (ORDER BY b),
  first_value(a RESPECT NULLS) OVER (ORDER BY b)

--- nulls inside
SELECT
  last_value(a IGNORE NULLS) OVER (ORDER BY b),
  nth_value(a, 2 RESPECT NULLS) OVER (ORDER BY b)
