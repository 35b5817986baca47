--- comma
select * from a, b, s.c

--- alias
select * from a x, b as y, s.c z

--- alias with columns
select * from a x (i, j), (select 1, 2) as y (k, l)

--- inner join
select * from a join b on a.x = b.x

--- inner said
select * from a inner join b on a.x = b.x

--- outer joins
select * from a left join b on a.x = b.x right outer join c on b.y = c.y full outer join d on c.z = d.z

--- cross join
select * from a cross join b

--- natural joins
select * from a natural join b natural left join c

--- using
select * from a join b using (x) left join c using (x, y)

--- join after comma
select * from a, b join c on b.x = c.x

--- the right side in parentheses
select * from a left join (b join c on b.x = c.x) on a.y = b.y

--- conditions at the end
select * from a left join b join c on b.x = c.x on a.y = b.y

--- parentheses on the left
select * from (a join b on a.x = b.x) join c on true

--- superfluous parentheses
select * from ((a))

--- old outer join
select * from a, b where a.x = b.x(+) and b.y(+) > 1

--- subquery
select * from (select a from t) x

--- subquery without alias
select * from (select a from t)

--- subquery of a set operation
select * from (select a from t union select a from u) x

--- subquery that starts with parentheses
select * from ((select a from t) union (select a from u)) x

--- subquery with limit that starts with parentheses
select * from ((select a from t limit 1) union all select a from u) x

--- subquery in double parentheses
select * from ((select a from t)) x

--- joined subquery in parentheses
select * from ((select 1 as a) x join (select 2 as b) y on x.a = y.b)

--- deep parentheses around joins
select * from (((select 1 as a) x cross join u) left join v on true)

--- order inside parentheses
select * from ((select a from t) order by 1 limit 1) x

--- table function
select * from generate_series(1, 10) g (n)

--- table function of a schema
select * from s.f(1)

--- unnesting
select o.id, i.sku, n from orders o, o.items i at n

--- unnesting a path
select i from orders o, o.parts[0].items i at n, o.a.b.c.d e

--- unpivoting an object
select k, v from t, unpivot t.attrs as v at k

--- unnest
select * from t, unnest(t.items) as i (item)

--- unnest with offset
select * from t, unnest(t.items) with offset as i (item, n)

--- unnesting join
select * from t left join t.items i on true

--- pivot
select * from (select part, price from parts) pivot (avg(price) for part in ('prop', 'rudder' as r, null x))

--- pivot with aliases
select * from t x pivot (sum(a) as total for b in (1 as one, 2 two)) as p (c, d)

--- unpivot
select * from t unpivot (cnt for color in (red, green, blue))

--- unpivot with nulls
select * from t unpivot include nulls (cnt for color in (red as r, green as g)) as u

--- unpivot without nulls
select * from t unpivot exclude nulls (cnt for color in (red))

--- pivot of a join
select * from (a join b on true) pivot (count(*) for x in (1))

--- names like clauses
select * from a as "left", b as "full" where "left".x = "full".x

--- chains of joins
select * from a join b using (x) join c using (x) left join d using (x) cross join e, f natural full join g

--- nested joins on both sides
select * from (a cross join b) join (c cross join d) on a.x = c.x

--- lateral-looking names
select * from "lateral" as l, "unnest" as u

--- temporary tables
select *, #t.*, #t.b # 3 from #t join #u as v on #t.a = v.a

--- a table with a star
select * from t * where a = 1
