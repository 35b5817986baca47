package answers

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/normal"
	"github.com/atolldata/atoll/internal/sql/print"
	"github.com/atolldata/atoll/internal/sql/sqltest"
)

// The plain form of a query is plain, has the same answer, columns and types,
// faults at the same places, and is the plain form of itself.
func TestPlainForm(t *testing.T) {
	e := newEngine(t)
	samples(t, e)
	files, _ := filepath.Glob("testdata/*.txt")
	tried, refused := 0, 0
	for _, path := range files {
		for _, c := range readExamples(t, path) {
			res, err := bindText(e, c.query)
			if err != nil {
				continue
			}
			tried++
			plain, err := normal.Query(res)
			if err != nil {
				refused++
				if f := fault.All(err)[0]; f.Code != fault.Unsupported || f.Pos.Line == 0 {
					t.Errorf("%s:%d refused with %#v", path, c.line, f)
				}
				continue
			}
			if faults := e.plainFaults(res, plain.Query); len(faults) > 0 {
				t.Errorf("%s:%d %s\nplain form: %s\n%s", path, c.line, c.query, print.Redshift(plain.Query), strings.Join(faults, "\n"))
			}
			if got := e.answer(plain.Query, c.query); !matches(got, c.want) {
				t.Errorf("%s:%d %s\nplain form: %s\n got %s\nwant %s", path, c.line, c.query, print.Redshift(plain.Query),
					strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
			}
		}
	}
	if tried < 500 || refused > 15 {
		t.Errorf("%d of %d queries have no plain form", refused, tried)
	}
}

// plainFaults are the ways in which a query is not the plain form of another.
func (e *engine) plainFaults(res *bind.Result, plain *ast.Query) []string {
	faults := sqltest.NotPlain(plain)
	again, err := bindText(e, print.Redshift(plain))
	if err != nil {
		return append(faults, err.Error())
	}
	if !slices.Equal(again.Columns, res.Columns) {
		faults = append(faults, "other columns than the query")
	}
	if twice, err := normal.Query(again); err != nil || !ast.Equal(twice.Query, again.Query) {
		faults = append(faults, "it is not the plain form of itself")
	}
	return faults
}

// answer runs a tree that stands for a text.
func (e *engine) answer(q *ast.Query, text string) []string {
	res, err := bind.Bind(q, e.catalog, bind.Options{Text: text})
	if err == nil {
		q, err = lower.DuckDB(res, lower.Options{Now: now})
	}
	var rows []string
	if err == nil {
		rows, err = e.query(print.DuckDB(q), res.Columns)
	}
	if err != nil {
		return []string{"error: " + err.Error()}
	}
	return rows
}

// plainForms are queries over %[1]s and %[2]s of the shapes that the plain form
// writes in another way; a column is written $.
var plainForms = []string{
	"SELECT b.c0, a.c1, row_number() OVER (PARTITION BY a.$ ORDER BY b.$) AS c2 FROM %[2]s b, %[1]s a WHERE a.$ = b.$(+) AND b.$(+) > 0",
	"SELECT c0, a.c1, b.c2 FROM %[1]s a LEFT JOIN %[2]s b USING (c0) WHERE c0 > 0 OR b.$ IS NULL",
	"SELECT c1 AS c0, c0 AS c1, a.c2 FROM %[1]s a FULL JOIN %[2]s b USING (c0, c1) FULL JOIN %[1]s d USING (c1, c0)",
	"SELECT * FROM %[1]s a NATURAL RIGHT JOIN %[2]s b",
	"SELECT k AS c0, l AS c1, s AS c2 FROM (SELECT a.$ AS k, k + 1 AS l, rank() OVER (PARTITION BY k ORDER BY l DESC) AS s FROM %[1]s a WHERE l > 1) x",
	"SELECT k AS c0, n AS c1, m AS c2 FROM (SELECT a.$ AS k, count(*) AS n, max(a.$) AS m FROM %[1]s a GROUP BY k HAVING n > 1) x",
	"SELECT k AS c0, c1, g AS c2 FROM (SELECT a.$ > 1 AS b, a.$ * 2 AS k, a.c1, grouping(k) AS g FROM %[1]s a GROUP BY b, CUBE (k, (c1))) x",
	"SELECT c0, c1, c2 FROM (SELECT TOP 3 c2 AS c0, c0 AS c1, c1 AS c2 FROM %[1]s a ORDER BY $ DESC) x",
	"SELECT x.c2 AS c0, x.c1, x.y AS c2 FROM (SELECT c0, c1, c2 FROM %[1]s a ORDER BY $) x (y)",
	"WITH w (c2, c0, c1) AS (SELECT * FROM %[1]s a), v AS (SELECT * FROM w EXCEPT SELECT * FROM %[2]s b) SELECT v.c0, w.c1, v.c2 FROM w JOIN v ON w.$ = v.$",
	"SELECT a.$ AS c0, a.$ AS c1, (WITH w AS (SELECT b.$ AS x FROM %[2]s b WHERE b.$ = a.$) SELECT count(*) FROM w, w v WHERE w.x <= v.x) AS c2 FROM %[1]s a",
	"SELECT c0, c1, sum(c2) OVER w AS c2 FROM %[1]s a WINDOW w AS (PARTITION BY $ ORDER BY c0, c1, c2 ROWS UNBOUNDED PRECEDING)",
	"(SELECT c0, c1, c2 FROM %[1]s a ORDER BY $ LIMIT 2) UNION ALL ((SELECT * FROM %[2]s b) EXCEPT (SELECT c1, c0, c2 FROM %[1]s a))",
	"SELECT a.c0, a.c1, a.$ AS c2 FROM %[1]s a WHERE (a.$, a.$) IN (SELECT b.$, b.$ FROM %[2]s b) OR a.$ IN (SELECT a.$ FROM %[2]s a WHERE a.$ IS NULL)",
	"SELECT a.c0, a.c1, 1 AS c2 FROM %[1]s a WHERE EXISTS (SELECT * FROM %[2]s b, %[1]s WHERE b.$ = a.$) GROUP BY ALL",
	"SELECT a.$ AS c0, v.column1 AS c1, v.column2 AS c2 FROM %[1]s a JOIN (VALUES (1, 2), (2, NULL), (0, 0)) v ON a.$ = v.column1",
	"SELECT DISTINCT c0, c1, c2 FROM %[1]s a QUALIFY rank() OVER (PARTITION BY c0 ORDER BY c1) = 1",
}

// The plain form has the query's answer over any rows.
func TestPlainFormOfGeneratedQueries(t *testing.T) {
	e := newEngine(t)
	g := &lineageCase{Rand: rand.New(rand.NewPCG(5, 6)), data: map[string][][]string{}, forms: slices.Concat(lineageForms, plainForms)}
	for _, table := range lineageTables {
		e.table(t, table, "c0 integer; c1 integer; c2 integer")
	}
	for range 250 {
		for _, table := range lineageTables {
			g.fill(t, e, table)
		}
		text := g.query(2)
		res, err := bindText(e, text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		plain, err := normal.Query(res)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		faults := e.plainFaults(res, plain.Query)
		want, got := e.answer(res.Query, text), e.answer(plain.Query, text)
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			faults = append(faults, fmt.Sprintf("got %v, want %v", got, want))
		}
		if len(faults) > 0 {
			t.Fatalf("%s\nplain form: %s\n%s", text, print.Redshift(plain.Query), strings.Join(faults, "\n"))
		}
	}
}
