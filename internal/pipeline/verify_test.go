package pipeline_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
)

// corrupt changes what is stored of a relation behind Atoll's back: %s in the
// statement is its physical table.
func corrupt(t *testing.T, p *pipeline.Project, relation, statement string) {
	t.Helper()
	stored := rows(t, p, fmt.Sprintf(`SELECT table_name FROM duckdb_tables() WHERE schema_name = 'atoll_store' AND split_part(table_name, '@', 1) = '%s'`, relation))
	tx, err := p.Warehouse.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if err := tx.SQL().Exec(t.Context(), strings.ReplaceAll(statement, "%s", `atoll_store."`+stored+`"`)); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// verify verifies views and writes a line for each: its name and state, how many
// rows are missing and extra, and the error; then a line for each difference.
func (f *folder) verify(limit int, selectors ...string) string {
	f.t.Helper()
	p := f.open()
	defer p.Close()
	return verify(f.t, p, limit, selectors...)
}

func verify(t *testing.T, p *pipeline.Project, limit int, selectors ...string) string {
	t.Helper()
	var lines []string
	err := p.Verify(t.Context(), pipeline.VerifyOptions{Select: selectors, Limit: limit}, func(v pipeline.Verified) error {
		line := fmt.Sprintf("%s %s %d %d", v.Name, v.State, v.Missing, v.Extra)
		if v.Err != nil {
			line += " " + v.Err.Error()
		}
		lines = append(lines, line)
		for _, d := range v.Differences {
			lines = append(lines, fmt.Sprintf("%+d %v", d.Times, d.Values))
		}
		return nil
	})
	if err != nil {
		return err.Error()
	}
	return strings.Join(lines, "\n")
}

func (f *folder) expect(got, want string) {
	f.t.Helper()
	if got != want {
		f.t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestVerifyTellsTheRowsThatDiffer(t *testing.T) {
	f := newFolder(t, shop+`
-- models/reports/above.sql --
SELECT COUNT(*) AS customers FROM reports.totals
-- models/reports/names.sql --
SELECT customer FROM shop.orders
-- data/orders3.json --
{"id":4,"customer":"ann","amount":null}
{"id":5,"amount":1}
`)
	f.run(pipeline.RunOptions{})
	p := f.open()
	defer p.Close()
	f.expect(verify(t, p, 10), "reports.names equal 0 0\nreports.totals equal 0 0\nreports.above equal 0 0")

	corrupt(t, p, "reports.totals", `UPDATE %s SET total = total + 0.01 WHERE customer = 'bob'`)
	f.expect(verify(t, p, 10, "reports.totals"), "reports.totals drifted 1 1\n+1 [bob 5.00 1]\n-1 [bob 5.01 1]")
	corrupt(t, p, "reports.totals", `DELETE FROM %s WHERE customer IS NULL OR customer = 'bob'`)
	f.expect(verify(t, p, 10, "totals"), "reports.totals drifted 2 0\n+1 [bob 5.00 1]\n+1 [<nil> 1.00 1]")
	f.expect(verify(t, p, 1, "totals"), "reports.totals drifted 2 0\n+1 [bob 5.00 1]")
	f.expect(verify(t, p, 0, "totals"), "reports.totals drifted 2 0")
	f.expect(verify(t, p, 0), "reports.names equal 0 0\nreports.totals drifted 2 0\nreports.above drifted 1 1 it reads \"reports.totals\", which drifted")

	// What is there twice is there twice.
	corrupt(t, p, "reports.names", `INSERT INTO %s SELECT * FROM %s WHERE customer IN ('bob', 'ann')`)
	f.expect(verify(t, p, 10, "names"), "reports.names drifted 0 3\n-2 [ann]\n-1 [bob]")
	corrupt(t, p, "reports.names", `DELETE FROM %s WHERE customer = 'ann'`)
	f.expect(verify(t, p, 10, "names"), "reports.names drifted 2 1\n+2 [ann]\n-1 [bob]")

	if _, err := p.Run(t.Context(), pipeline.RunOptions{FullRefresh: true, Select: "reports.*"}); err != nil {
		t.Fatal(err)
	}
	f.expect(verify(t, p, 10, "totals", "names"), "reports.names equal 0 0\nreports.totals equal 0 0")
}

// Nothing that Verify does is kept, nor does it wait for the clock.
func TestVerifyTakesTheLabel(t *testing.T) {
	f := newFolder(t, shop+"-- models/reports/dated.sql --\nSELECT id, CAST(GETDATE() AS TIMESTAMP) AS seen FROM shop.orders\n")
	f.run(pipeline.RunOptions{})
	p := f.open()
	defer p.Close()
	before := rows(t, p, `SELECT count(*) FROM atoll.run_steps`)
	f.now = f.now.Add(time.Hour)
	f.expect(verify(t, p, 10, "dated"), "reports.dated equal 0 0")
	corrupt(t, p, "reports.dated", `UPDATE %s SET seen = seen + INTERVAL 1 microsecond WHERE id = 1`)
	f.expect(verify(t, p, 10, "dated"), `reports.dated drifted 1 1
+1 [1 2026-03-01 12:00:00 +0000 UTC]
-1 [1 2026-03-01 12:00:00.000001 +0000 UTC]`)
	f.expect(rows(t, p, `SELECT count(*) FROM atoll.run_steps`), before)
}

const numbers = `
-- atoll.yaml --
name: shop
-- sources/shop.yaml --
source: shop
type: files
url: file://data/
tables:
  points:
    match: "points*.json"
    format: json
    columns: {k: "varchar(5)", x: double precision, y: double precision, r: real}
-- data/points.json --
{"k":"a","x":0.1,"y":5,"r":0.1}
{"k":"a","x":0.1,"y":7,"r":0.1}
{"k":"b","x":1e300,"y":-3,"r":3e30}
{"k":"b","x":0,"y":0,"r":0}
{"k":null,"x":null,"y":1,"r":null}
{"k":"c","x":16777217,"y":1,"r":2}
{"k":"c","x":16777217,"y":2,"r":2}
`

func TestVerifyComparesFloatsClosely(t *testing.T) {
	f := newFolder(t, numbers+"-- models/p/v.sql --\nSELECT k, x, y, r FROM shop.points\n-- models/p/only.sql --\nSELECT x, y FROM shop.points\n")
	f.run(pipeline.RunOptions{})
	p := f.open()
	defer p.Close()
	rebuild := func() {
		t.Helper()
		if _, err := p.Run(t.Context(), pipeline.RunOptions{FullRefresh: true, Select: "p.*"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ view, change, want string }{
		{"v", `SET x = x * (1 + 1e-12), y = y * (1 - 1e-10)`, "equal 0 0"},
		{"v", `SET x = x + 1e-7 WHERE k = 'c' AND y = 2`, "equal 0 0"}, // across the border of seven digits
		{"v", `SET x = x * (1 + 3e-8) WHERE y = 5`, "drifted 1 1"},
		{"v", `SET x = 1e-10 WHERE x = 0`, "equal 0 0"},
		{"v", `SET x = 1e-8 WHERE x = 0`, "drifted 1 1"},
		{"v", `SET x = 0 WHERE x IS NULL`, "drifted 1 1"},
		{"v", `SET x = NULL WHERE x = 0`, "drifted 1 1"},
		{"v", `SET x = 'NaN' WHERE y = 5`, "drifted 1 1"},
		{"v", `SET x = 'Infinity' WHERE y = -3`, "drifted 1 1"},
		{"v", `SET x = -x WHERE y = -3`, "drifted 1 1"},
		{"v", `SET r = r * (1 + 5e-7)`, "equal 0 0"},
		{"v", `SET r = r * (1 + 5e-6) WHERE y = -3`, "drifted 1 1"},
		{"v", `SET k = 'c' WHERE x = 0`, "drifted 1 1"},
		{"v", `SET k = NULL WHERE x = 0`, "drifted 1 1"},
		// Noise in x changes the order of two rows that y tells apart.
		{"v", `SET x = CASE y WHEN 5 THEN 0.1 + 1e-12 ELSE 0.1 END WHERE k = 'a'`, "equal 0 0"},
		{"only", `SET x = CASE y WHEN 5 THEN 0.1 + 1e-12 ELSE 0.1 END WHERE x = 0.1`, "equal 0 0"},
		{"only", `SET y = 12 - y WHERE x = 0.1`, "equal 0 0"},
		{"only", `SET y = 6 WHERE x = 0.1`, "drifted 2 2"},
	} {
		rebuild()
		corrupt(t, p, "p."+c.view, "UPDATE %s "+c.change)
		f.expect(c.change+": "+verify(t, p, 0, "p."+c.view), c.change+": p."+c.view+" "+c.want)
	}
	rebuild()
	corrupt(t, p, "p.v", `DELETE FROM %s WHERE k = 'a' AND y = 5`)
	corrupt(t, p, "p.v", `UPDATE %s SET x = x * (1 + 1e-12)`)
	f.expect(verify(t, p, 10, "p.v"), "p.v drifted 1 0\n+1 [a 0.1 5 0.10000000149011612]")
}

func TestVerifyTakesNaNForNaN(t *testing.T) {
	f := newFolder(t, numbers+"-- models/p/v.sql --\nSELECT k, x, r FROM shop.points\n")
	f.run(pipeline.RunOptions{})
	p := f.open()
	defer p.Close()
	for _, relation := range []string{"shop.points", "p.v"} {
		corrupt(t, p, relation, `UPDATE %s SET x = 'NaN', r = 'Infinity' WHERE k IS NULL`)
	}
	f.expect(verify(t, p, 10), "p.v equal 0 0")
	corrupt(t, p, "p.v", `UPDATE %s SET r = '-Infinity' WHERE k IS NULL`)
	f.expect(verify(t, p, 10), "p.v drifted 1 1\n-1 [<nil> NaN -Inf]\n+1 [<nil> NaN +Inf]")
}

func TestVerifyComparesEveryType(t *testing.T) {
	f := newFolder(t, shop+`
-- models/reports/typed.sql --
SELECT id, CAST('12:30' AS TIME) AS t, CAST('2026-03-01 12:00+01' AS TIMESTAMPTZ) AS tz, CAST('2026-03-01' AS DATE) AS d,
  JSON_PARSE('{"a": [1, null]}') AS s, CAST('abc' AS VARBYTE) AS b, INTERVAL '1 day 2 hours' AS i, id > 1 AS f,
  CAST('x' AS CHAR(3)) AS "a ""quoted"" name", NULL AS nothing
FROM shop.orders
`)
	f.run(pipeline.RunOptions{})
	p := f.open()
	defer p.Close()
	f.expect(verify(t, p, 10, "typed"), "reports.typed equal 0 0")
	corrupt(t, p, "reports.typed", `UPDATE %s SET s = '{"a": [1, 0]}', "a ""quoted"" name" = 'y' WHERE id = 2`)
	if got := verify(t, p, 10, "typed"); !strings.HasPrefix(got, "reports.typed drifted 1 1\n") || !strings.Contains(got, `{"a":[1,null]}`) {
		t.Error(got)
	}
}

func TestVerifySkipsWhatIsNotCurrent(t *testing.T) {
	f := newFolder(t, shop+`
-- models/reports/hourly.sql --
/* @every 1h */ SELECT COUNT(*) AS orders FROM shop.orders
-- models/reports/above.sql --
SELECT COUNT(*) AS customers FROM reports.totals
-- models/reports/ticks.sql --
SELECT MAX(run) AS run FROM atoll.runs
`)
	const skipTicks = "reports.ticks skipped 0 0 it reads \"atoll.runs\", which every tick changes\n"
	f.expect(f.verify(10, "totals"), `reports.totals skipped 0 0 it was never refreshed (refresh it first: atoll run)`)
	f.run(pipeline.RunOptions{})
	f.expect(f.verify(10), "reports.hourly equal 0 0\n"+skipTicks+"reports.totals equal 0 0\nreports.above equal 0 0")

	f.write("-- data/orders4.json --\n{\"id\":9,\"customer\":\"eve\",\"amount\":1}\n")
	f.now = f.now.Add(time.Minute)
	f.run(pipeline.RunOptions{})
	f.expect(f.verify(10, "hourly", "totals"), "reports.hourly skipped 0 0 what it reads has changed since its last refresh "+
		"(refresh it first: atoll run --all --select +reports.hourly)\nreports.totals equal 0 0")
	f.run(pipeline.RunOptions{All: true, Select: "+reports.hourly"})
	f.expect(f.verify(10, "hourly"), "reports.hourly equal 0 0")

	f.write("-- models/reports/totals.sql --\nSELECT customer, COUNT(*) AS orders FROM shop.orders GROUP BY customer\n")
	f.expect(f.verify(10, "totals", "above"), `reports.totals skipped 0 0 its model has changed since its last refresh (refresh it first: atoll run)
reports.above skipped 0 0 it reads "reports.totals": its model has changed since its last refresh (refresh it first: atoll run)`)

	f.write("-- models/reports/totals.sql --\nSELECT customer, COUNT(*) AS orders FROM shop.nothing GROUP BY customer\n")
	if got := f.verify(10, "totals"); !strings.HasPrefix(got, `reports.totals skipped 0 0 its model is broken: models/reports/totals.sql:1:`) {
		t.Error(got)
	}
	f.write("-- sources/shop.yaml --\nsource: shop\ntype: files\nurl: file://data/\ntables:\n  orders: {match: 'orders*.json', format: json, columns: {id: bigint}}\n")
	if got := f.verify(10, "hourly"); !strings.HasPrefix(got, `reports.hourly skipped 0 0 it reads "shop.orders": it is not loaded as the project declares it`) {
		t.Error(got)
	}
}

// Where a refresh failed, another one is no advice.
func TestVerifyTellsOfFailedRefreshes(t *testing.T) {
	f := newFolder(t, shop+failing)
	f.run(pipeline.RunOptions{})
	f.expect(f.verify(10, "shares"), `reports.shares skipped 0 0 it was never refreshed (its refresh failed: see what atoll status says about "reports.shares")`)
}

// Changes of the inputs that leave a view as it is are taken in once.
func TestAViewThatNothingChangesIsCurrent(t *testing.T) {
	f := newFolder(t, shop+"-- models/reports/large.sql --\nSELECT id FROM shop.orders WHERE amount > 7\n-- models/reports/above.sql --\nSELECT COUNT(*) AS n FROM reports.large\n")
	f.run(pipeline.RunOptions{})
	f.write("-- data/orders4.json --\n{\"id\":9,\"customer\":\"eve\",\"amount\":1}\n")
	f.now = f.now.Add(time.Minute)
	p, err := pipeline.Open(t.Context(), f.dir, pipeline.Options{Clock: func() time.Time { return f.now }, AlwaysIncremental: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), pipeline.RunOptions{}); err != nil {
		t.Error(err)
	}
	p.Close()
	f.expect(f.verify(10, "reports.large", "reports.above"), "reports.large equal 0 0\nreports.above equal 0 0")
	f.now = f.now.Add(time.Minute)
	if r := f.run(pipeline.RunOptions{}); !r.Nothing() {
		t.Errorf("it is refreshed again: %+v", r.Views)
	}
}

// A query that no longer succeeds is that view's failure, and no other's.
func TestVerifyTellsAQueryThatFails(t *testing.T) {
	f := newFolder(t, shop+"-- models/reports/shares.sql --\nSELECT id, 1 / id AS share FROM shop.orders\n")
	f.run(pipeline.RunOptions{})
	p := f.open()
	defer p.Close()
	corrupt(t, p, "shop.orders", `UPDATE %s SET id = 0 WHERE id = 2`)
	got := verify(t, p, 10)
	if !strings.HasPrefix(got, "reports.shares failed 0 0 ") || !strings.Contains(got, "zero") || !strings.HasSuffix(got, "\nreports.totals equal 0 0") {
		t.Error(got)
	}
}

func TestVerifyRefusesWhatIsNoView(t *testing.T) {
	f := newFolder(t, shop)
	for selector, want := range map[string]string{"reports.totls": `did you mean "reports.totals"?`, "shop.orders": `"shop.orders" names no view`, "source:shop": "names no view"} {
		if got := f.verify(10, selector); !strings.Contains(got, want) {
			t.Errorf("%s: %s", selector, got)
		}
	}
	p := f.open()
	defer p.Close()
	err := p.Verify(t.Context(), pipeline.VerifyOptions{Select: []string{"reports.nosuch"}}, nil)
	if fault.CodeOf(err) != fault.Usage {
		t.Error(err)
	}
}

func TestVerifyEndsWhenWhoIsToldWantsNoMore(t *testing.T) {
	f := newFolder(t, shop+"-- models/reports/names.sql --\nSELECT customer FROM shop.orders\n")
	p := f.open()
	defer p.Close()
	told, full := 0, errors.New("the disk is full")
	err := p.Verify(t.Context(), pipeline.VerifyOptions{}, func(pipeline.Verified) error { told++; return full })
	if err != full || told != 1 {
		t.Errorf("told of %d views, %v", told, err)
	}
}
