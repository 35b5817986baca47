package viewtest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// tamper runs statements of the engine between two steps. #V is the table that
// holds v.x.
type tamper struct{ text string }

func (s tamper) String() string { return "tamper" }

func (s tamper) run(r *runner) error {
	if err := r.open(); err != nil {
		return err
	}
	tx, err := r.project.Warehouse.Begin(r.ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	names, err := warehouse.Collect(r.ctx, tx.SQL(), func(rows warehouse.Rows) (name string, err error) {
		return name, rows.Scan(&name)
	}, `SELECT table_name FROM duckdb_tables() WHERE schema_name = 'atoll_store' AND table_name LIKE 'v.x@%'`)
	if err != nil {
		return err
	}
	if err := tx.SQL().Exec(r.ctx, strings.ReplaceAll(s.text, "#V", `atoll_store."`+names[0]+`"`)); err != nil {
		return err
	}
	return tx.Commit(r.ctx)
}

const totals = `
case totals
table s.t (g varchar(10), n integer)
view v.x
  SELECT g, SUM(n) AS total FROM s.t GROUP BY g
load s.t as a
  a 1
  b 2
refresh
`

// failure runs a case, with a step and a refresh behind its steps, and returns
// what went wrong.
func failure(t *testing.T, text string, more ...Step) string {
	t.Helper()
	cases, err := Parse("f.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	c := cases[0]
	c.Steps = append(c.Steps, more...)
	err = c.Run(t.Context(), t.TempDir())
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestWhatIsNotAsACaseSaysFailsIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"expect v.x\n  a 1\n  b 2":                      ``,
		"expect v.x\n  b 2.0\n  a 1":                    ``,
		"expect v.x (g)\n  b\n  a":                      ``,
		"expect v.x\n  a 1\n  b 3":                      "f.txt:2: totals: step 3, expect v.x: v.x holds other rows\n  only stored (1):\n    b 2\n  only expected (1):\n    b 3",
		"expect v.x\n  a 1":                             "only stored (1):\n    b 2\n  only expected (0):",
		"expect v.x\n  a 1\n  b 2\n  b 2":               "only stored (0):\n  only expected (1):\n    b 2",
		"expect v.x\n  a x":                             `column "total": x is no bigint`,
		"expect v.x\n  a":                               "there are 2 columns, and 1 values in a row",
		"expect v.x (h)\n  a":                           `there is no column "h"`,
		"expect v.y\n  a 1":                             "the case has no view v.y",
		"expect s.t\n  a 1":                             "the case has no view s.t",
		"plan v.x merge":                                ``,
		"plan v.x bag":                                  "its plan is merge, not bag",
		"did v.x full":                                  ``,
		"did v.x incremental":                           "the refresh was full, not incremental: it is built for the first time",
		"load s.t\n  a 1\nrefresh\ndid v.x incremental": ``,
		"load s.t\n  c 0\ndelete s.t\n  c 0\nrefresh\ndid v.x nothing": ``,
		"refresh\ndid v.x full":                  "the refresh was nothing, not full",
		"fails v.x":                              "v.x did not fail",
		"load s.t as a\n  a 1":                   `the file "a" is loaded already`,
		"change s.t b\n  a 1":                    `no file "b" was loaded into s.t`,
		"delete s.t\n  a 1\n  a 1":               "no file of s.t holds the row a 1",
		"load s.t\n  a":                          "s.t has 2 columns, and the row a has 1 values",
		"load s.u\n  a":                          "the case has no table s.u",
		"load s.t\n  a x\nrefresh":               "1 rows do not fit their table's columns",
		"view v.x\n  SELECT x FROM s.t\nrefresh": `unknown column "x"`,
		"view v.x\n  SELECT 1 / n AS x FROM s.t\nload s.t as z\n  a 0\nrefresh":                                      "v.x could not be refreshed",
		"view v.x\n  SELECT 1 / n AS x FROM s.t\nload s.t as z\n  a 0\nrefresh\nfails v.x\nexpect v.x (g)\n  a\n  b": `its columns are`,
		"view v.y\n  SELECT 1 / n AS x FROM s.t\nload s.t as z\n  a 0\nrefresh\nfails v.y 'zero'":                    ``,
		"view v.y\n  SELECT 1 / n AS x FROM s.t\nload s.t as z\n  a 0\nrefresh\nfails v.y 'full'":                    "v.y failed, with another reason",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got := failure(t, totals+text)
			if want == "" && got != "" || !strings.Contains(got, want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// A view that does not hold what its query returns fails the case, whatever the
// case expects; and so does one that is recomputed against its plan.
func TestARefreshIsHeldToItsQueryAndPlan(t *testing.T) {
	t.Parallel()
	more := Load{Table: schema.Name{Schema: "s", Name: "t"}, Rows: []Row{{Text("c"), Text("3")}}}
	for text, want := range map[string]string{
		`UPDATE #V SET total = 7 WHERE g = 'a'`: "v.x is not what its query returns\n  only stored (1):\n    a 7\n  only by the query (1):\n    a 1",
		`DELETE FROM #V WHERE g = 'a'`:          "only by the query (1):\n    a 1",
		`INSERT INTO #V SELECT * FROM #V`:       "only stored (2):",
		`DELETE FROM atoll.cursors`:             "v.x was recomputed, although its plan is merge: not all changes of s.t since its last refresh are kept",
	} {
		if got := failure(t, totals, tamper{text}, more, Refresh{}); !strings.Contains(got, want) {
			t.Errorf("%s: got:\n%s\nwant:\n%s", text, got, want)
		}
	}
}

// Labels are a minute apart unless the case sets them.
func TestLabelsOfRefreshes(t *testing.T) {
	t.Parallel()
	got := failure(t, `
case labels
view v.x
  SELECT GETDATE() AS now
refresh
expect v.x
  2026-01-01
refresh
expect v.x
  '2026-01-01 00:01'
at 2026-02-01 12:30
refresh
expect v.x
  '2026-02-01 12:30'
refresh
expect v.x
  '2026-02-01 12:31'
`)
	if got != "" {
		t.Error(got)
	}
}

// batches is how many batches there were so far.
type batches int64

func (s batches) String() string { return "batches" }

func (s batches) run(r *runner) error {
	n, err := warehouse.Number(r.ctx, r.project.Warehouse.SQL(), `SELECT count(*) FROM atoll.batches`)
	if err == nil && n != int64(s) {
		err = fmt.Errorf("%d batches, want %d", n, s)
	}
	return err
}

func TestOneByOne(t *testing.T) {
	t.Parallel()
	more := "load s.t\n  a 1\nload s.t\n  b 1\nrefresh\n"
	if got := failure(t, totals+more, batches(2)); got != "" {
		t.Error(got)
	}
	if got := failure(t, strings.Replace(totals, "table", "one by one\ntable", 1)+more, batches(3)); got != "" {
		t.Error(got)
	}
}
