package answers

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lineage"
	"github.com/atolldata/atoll/internal/sql/parse"
)

// A column that lineage does not name decides nothing: with other data in it, the
// values of the output stay the same.
func TestLineageLeavesNothingOut(t *testing.T) {
	e := newEngine(t)
	g := &lineageCase{Rand: rand.New(rand.NewPCG(3, 4)), forms: lineageForms, data: map[string][][]string{}}
	for _, table := range lineageTables {
		e.table(t, table, "c0 integer; c1 integer; c2 integer")
	}
	changes := 0
	for range 120 {
		text := g.query(2)
		res, err := bindText(e, text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		q := lineage.Of(res)
		for _, table := range lineageTables {
			g.fill(t, e, table)
		}
		before := g.columns(t, e, text)
		for _, table := range lineageTables {
			for i := range 3 {
				source := bind.Source{Relation: schema.Name{Schema: "public", Name: table}, Column: fmt.Sprintf("c%d", i)}
				if uses(q.Rows, source) {
					continue
				}
				kept := g.change(t, e, table, i)
				after := g.columns(t, e, text)
				for j, c := range q.Columns {
					if uses(c.Uses, source) {
						continue
					}
					changes++
					if !slices.Equal(before[j], after[j]) {
						t.Errorf("%s depends on %s, which its lineage does not have\n%s", c.Name, source, text)
					}
				}
				g.write(t, e, table, kept)
			}
		}
	}
	if changes < 200 {
		t.Errorf("only %d changes were tried", changes)
	}
}

func bindText(e *engine, text string) (*bind.Result, error) {
	q, err := parse.Query(text)
	if err != nil {
		return nil, err
	}
	return bind.Bind(q, e.catalog, bind.Options{Text: text})
}

func uses(list []lineage.Use, s bind.Source) bool {
	return slices.ContainsFunc(list, func(u lineage.Use) bool { return u.Source == s })
}

// lineageTables have the same columns, c0 to c2, as has every query over them, so
// that each can stand in for the other.
var lineageTables = []string{"r1", "r2", "r3"}

// lineageCase makes queries and data. Ties decide nothing in its queries.
type lineageCase struct {
	*rand.Rand
	forms []string
	data  map[string][][]string
}

// columns runs a query and returns the sorted values of each column.
func (g *lineageCase) columns(t *testing.T, e *engine, text string) [][]string {
	t.Helper()
	rows, lowered, err := e.run(text, false)
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, text, lowered)
	}
	out := make([][]string, 3)
	for _, row := range rows {
		for i, v := range strings.Split(row, " | ") {
			out[i] = append(out[i], v)
		}
	}
	for _, column := range out {
		slices.Sort(column)
	}
	return out
}

func (g *lineageCase) value() string {
	if g.IntN(6) == 0 {
		return "NULL"
	}
	return fmt.Sprint(g.IntN(3))
}

// fill gives a table new rows.
func (g *lineageCase) fill(t *testing.T, e *engine, table string) {
	rows := make([][]string, 6)
	for i := range rows {
		rows[i] = []string{g.value(), g.value(), g.value()}
	}
	g.write(t, e, table, rows)
}

// change gives a column other values and returns the rows as they were.
func (g *lineageCase) change(t *testing.T, e *engine, table string, column int) [][]string {
	kept := g.data[table]
	rows := make([][]string, len(kept))
	for i, row := range kept {
		rows[i] = slices.Clone(row)
		rows[i][column] = g.value()
	}
	g.write(t, e, table, rows)
	return kept
}

func (g *lineageCase) write(t *testing.T, e *engine, table string, rows [][]string) {
	g.data[table] = rows
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = "(" + strings.Join(row, ", ") + ")"
	}
	e.exec(t, "DELETE FROM public."+table)
	e.exec(t, fmt.Sprintf("INSERT INTO public.%s VALUES %s", table, strings.Join(lines, ", ")))
}

// lineageForms are queries over %[1]s and %[2]s; a column is written $.
var lineageForms = []string{
	"SELECT a.$ AS c0, a.$ + coalesce(a.$, 0) AS c1, c1 * 2 AS c2 FROM %[1]s a",
	"SELECT a.$ AS c0, b.$ AS c1, nvl(a.$, b.$) AS c2 FROM %[1]s a JOIN %[2]s b ON a.$ = b.$ WHERE a.$ > 0",
	"SELECT c1, a.c2, b.c0 FROM %[1]s a LEFT JOIN %[2]s b USING (c1)",
	"SELECT c0, c1, a.c2 FROM %[1]s a FULL JOIN %[2]s b USING (c0, c1)",
	"SELECT a.$ AS c0, count(*) AS c1, sum(a.$) AS c2 FROM %[1]s a GROUP BY 1",
	"SELECT max(a.$) AS c0, a.c1, sum(a.$) FILTER (WHERE a.$ > 0) AS c2 FROM %[1]s a GROUP BY a.c1, a.$ HAVING min(a.$) < 2",
	"SELECT a.$ AS c0, count(DISTINCT a.$) AS c1, grouping(a.$) AS c2 FROM %[1]s a GROUP BY ROLLUP (a.c0, a.c1, a.c2)",
	"SELECT DISTINCT a.$ AS c0, a.$ AS c1, 1 AS c2 FROM %[1]s a",
	"SELECT a.$ AS c0, sum(a.$) OVER (PARTITION BY a.$) AS c1, rank() OVER (PARTITION BY a.$ ORDER BY a.$) AS c2 FROM %[1]s a",
	"SELECT a.$ AS c0, a.$ AS c1, a.$ AS c2 FROM %[1]s a QUALIFY dense_rank() OVER (ORDER BY a.$) < 3",
	"SELECT c0, c1, c2 FROM %[1]s a UNION SELECT c0, c1, c2 FROM %[2]s b",
	"SELECT c0, c1, c2 FROM %[1]s a UNION ALL SELECT c1, c0, c2 FROM %[2]s b",
	"SELECT c0, c1, c2 FROM %[1]s a EXCEPT SELECT c0, c1, c2 FROM %[2]s b",
	"SELECT c0, c1, c2 FROM %[1]s a INTERSECT SELECT c0, c1, c2 FROM %[2]s b",
	"SELECT a.$ AS c0, a.$ AS c1, (SELECT max(b.$) FROM %[2]s b WHERE b.$ = a.$) AS c2 FROM %[1]s a",
	"SELECT a.$ AS c0, a.$ AS c1, CASE WHEN EXISTS (SELECT b.$ FROM %[2]s b WHERE b.$ = a.$) THEN 1 ELSE 0 END AS c2 FROM %[1]s a",
	"SELECT a.$ AS c0, a.$ AS c1, a.$ AS c2 FROM %[1]s a WHERE a.$ IN (SELECT b.$ FROM %[2]s b WHERE b.$ > 0)",
	"WITH w (c1, c0, c2) AS (SELECT * FROM %[1]s x) SELECT w.c0, w.c1, v.c2 FROM w, w v WHERE w.$ = v.$",
	"SELECT a.* FROM %[1]s a CROSS JOIN (SELECT count(*) AS n, max(b.$) AS m FROM %[2]s b WHERE b.$ = 1) x WHERE n > 0",
	"SELECT c0, v AS c1, count(*) AS c2 FROM (SELECT c0, c1, c2 FROM %[1]s a) UNPIVOT (v FOR k IN (c1, c2)) GROUP BY 1, 2",
	`SELECT c0, "0" AS c1, "1" AS c2 FROM (SELECT c0, c1, c2 FROM %[1]s a) PIVOT (sum(c1) FOR c2 IN (0, 1))`,
}

// query makes a query with subqueries down to a depth.
func (g *lineageCase) query(depth int) string {
	form := g.forms[g.IntN(len(g.forms))]
	text := fmt.Sprintf(form+"%.0[1]s%.0[2]s", g.relation(depth), g.relation(depth))
	for strings.Contains(text, "$") {
		text = strings.Replace(text, "$", fmt.Sprintf("c%d", g.IntN(3)), 1)
	}
	return text
}

func (g *lineageCase) relation(depth int) string {
	if depth == 0 || g.IntN(2) == 0 {
		return lineageTables[g.IntN(len(lineageTables))]
	}
	return "(" + g.query(depth-1) + ")"
}
