package answers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// tied are queries whose order leaves rows equal; %s is a table of k, v and n.
var tied = []string{
	"SELECT k, v, n, row_number() OVER (PARTITION BY k ORDER BY v) AS r FROM %s",
	"SELECT k, v, n, row_number() OVER () AS r, ntile(3) OVER (ORDER BY k) AS t FROM %s",
	"SELECT k, v, n, lag(n) OVER (ORDER BY k) AS a, lead(v, 2) OVER (PARTITION BY v ORDER BY k DESC) AS b FROM %s",
	"SELECT k, v, n, first_value(n) OVER (PARTITION BY k ORDER BY v ROWS UNBOUNDED PRECEDING) AS f, " +
		"nth_value(n, 2) OVER (PARTITION BY k ORDER BY v DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS s FROM %s",
	"SELECT k, v, n, sum(n) OVER (ORDER BY k ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s, count(v) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS c FROM %s",
	"SELECT k, listagg(v, ',') AS l, listagg(n, ',') WITHIN GROUP (ORDER BY v) AS m, any_value(n) AS a FROM %s GROUP BY k",
	"SELECT v, listagg(n, '-') WITHIN GROUP (ORDER BY k) OVER (PARTITION BY v) AS l FROM %s",
	"SELECT k, n FROM %s ORDER BY v LIMIT 4",
	"SELECT v FROM (SELECT k, v FROM %s LIMIT 3) x",
	"SELECT TOP 2 k, v FROM %s ORDER BY n DESC",
	"SELECT k, v, n FROM %s QUALIFY row_number() OVER (PARTITION BY k ORDER BY n DESC) = 1",
	"SELECT k, count(*) AS c, row_number() OVER (ORDER BY count(*)) AS r FROM %s GROUP BY k, v",
	"SELECT k, v, count(*) AS c, row_number() OVER (ORDER BY k) AS r FROM %s GROUP BY CUBE(k, v)",
	"SELECT n * 1e0 AS x, x * 2 AS y, row_number() OVER (ORDER BY count(*)) AS r FROM %s GROUP BY x, CASE WHEN k = 1 THEN 'one' ELSE 'more' END",
	"SELECT median(n) AS m, percentile_disc(0.4) WITHIN GROUP (ORDER BY v) AS p, max(v) AS x FROM %s",
}

// The answer does not depend on the order in which rows were stored.
func TestTiesAreBroken(t *testing.T) {
	e := newEngine(t)
	for _, name := range []string{"first", "second"} {
		e.table(t, name, "k integer; v varchar(5); n integer")
	}
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			k := rapid.SampledFrom([]string{"1", "2", "NULL"}).Draw(t, "k")
			v := rapid.SampledFrom([]string{"'a'", "'b'", "NULL"}).Draw(t, "v")
			n := rapid.SampledFrom([]string{"1", "2", "3", "4", "NULL"}).Draw(t, "n")
			return fmt.Sprintf("(%s, %s, %s)", k, v, n)
		}), 1, 12).Draw(rt, "rows")
		for name, stored := range map[string][]string{"first": rows, "second": rapid.Permutation(rows).Draw(rt, "stored")} {
			e.exec(t, "DELETE FROM public."+name)
			e.exec(t, "INSERT INTO public."+name+" VALUES "+strings.Join(stored, ", "))
		}
		query := rapid.SampledFrom(tied).Draw(rt, "query")
		answer := func(table string) []string {
			lines, lowered, err := e.run(fmt.Sprintf(query, "public."+table), true)
			if err != nil {
				rt.Fatalf("%v\n%s\n%s", err, query, lowered)
			}
			slices.Sort(lines)
			return lines
		}
		if a, b := answer("first"), answer("second"); !slices.Equal(a, b) {
			rt.Fatalf("%s\nis %q\nand %q after storing the rows in another order", query, a, b)
		}
	})
}
