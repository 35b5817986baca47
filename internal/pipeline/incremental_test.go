package pipeline_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/refresh"
)

// counts is a project with a view over a table, one over that view, and one that
// is refreshed once a day.
const counts = `
-- atoll.yaml --
name: counts
-- sources/s.yaml --
source: s
type: files
url: file://data/
tables:
  t: {match: 't*.json', format: json, on_change: replace, columns: {k: varchar(10), n: integer}}
-- models/v/sums.sql --
SELECT k, SUM(n) AS n FROM s.t GROUP BY k
-- models/v/above.sql --
SELECT COUNT(*) AS groups, MAX(n) AS n FROM v.sums
-- models/v/daily.sql --
/* @every 24h */ SELECT n, COUNT(*) AS c FROM v.sums GROUP BY n
-- data/t1.json --
{"k": "a", "n": 1}
{"k": "a", "n": 2}
{"k": "b", "n": 5}
`

// tick does one tick with options of its own, and returns what was done with the
// views: their names, plans and reasons, a line each.
func (f *folder) tick(o pipeline.Options, run pipeline.RunOptions) string {
	f.t.Helper()
	if o.Clock == nil {
		o.Clock = func() time.Time { return f.now }
	}
	p, err := pipeline.Open(f.t.Context(), f.dir, o)
	if err != nil {
		f.t.Fatal(err)
	}
	defer p.Close()
	r, err := p.Run(f.t.Context(), run)
	if err != nil {
		f.t.Fatal(err)
	}
	if r.Failed() {
		f.t.Fatalf("views: %+v, sources: %+v", r.Views, r.Sources)
	}
	return rows(f.t, p, fmt.Sprintf(`SELECT name || ': ' || plan || ', ' || reason FROM atoll.run_steps WHERE run = %d AND kind = 'refresh' ORDER BY step`, r.Run))
}

var always = pipeline.Options{AlwaysIncremental: true, Small: refresh.LookUp}

func TestEachRefreshSaysHowAndWhy(t *testing.T) {
	f := newFolder(t, counts)
	first := "it is built for the first time"
	f.expect(f.tick(always, pipeline.RunOptions{}), "v.sums: full, "+first+"\nv.above: full, "+first+"\nv.daily: full, "+first)

	f.write("-- data/t2.json --\n{\"k\": \"c\", \"n\": 9}\n")
	f.expect(f.tick(always, pipeline.RunOptions{}), "v.sums: merge, changes: 1, rows: 4\nv.above: merge, changes: 1, rows: 3")
	f.expect(f.query(`SELECT * FROM v.above`), "3 9")

	// A label that moves changes nothing.
	f.now = f.now.Add(time.Minute)
	f.expect(f.tick(always, pipeline.RunOptions{}), "")

	f.write("-- models/v/sums.sql --\nSELECT k, SUM(n) + 1 AS n FROM s.t GROUP BY k\n")
	f.expect(f.tick(always, pipeline.RunOptions{}),
		"v.sums: full, its model has changed\nv.above: full, v.sums was built anew")
	f.expect(f.query(`SELECT * FROM v.above`), "3 10")

	f.expect(f.tick(always, pipeline.RunOptions{FullRefresh: true, Select: "v.above"}), "v.above: full, a full refresh was asked for")
	f.expect(f.tick(always, pipeline.RunOptions{FullRefresh: true, Select: "s.t+"}),
		"v.sums: full, a full refresh was asked for\nv.above: full, a full refresh was asked for\nv.daily: full, a full refresh was asked for")
}

// A view that is recomputed though its model stayed tells those that read it what
// changed, so that they need not be recomputed with it.
func TestWhatIsRecomputedPassesItsChangesOn(t *testing.T) {
	f := newFolder(t, strings.Replace(counts, "SELECT k, SUM", "/* @refresh full */ SELECT k, SUM", 1))
	f.tick(always, pipeline.RunOptions{})
	f.write("-- data/t2.json --\n{\"k\": \"b\", \"n\": 9}\n")
	f.expect(f.tick(always, pipeline.RunOptions{}), "v.sums: full, models/v/sums.sql:1:13: the model's header says so\nv.above: merge, changes: 2, rows: 2")
	f.expect(f.query(`SELECT * FROM v.above`), "2 14")
	f.expect(f.verify(10, "v.sums", "v.above"), "v.sums equal 0 0\nv.above equal 0 0")
}

func TestAShareOfTheRowsDecidesAtFirst(t *testing.T) {
	f := newFolder(t, counts)
	f.tick(pipeline.Options{}, pipeline.RunOptions{})
	f.write("-- data/t2.json --\n{\"k\": \"c\", \"n\": 9}\n{\"k\": \"d\", \"n\": 9}\n{\"k\": \"e\", \"n\": 9}\n")
	if got := f.tick(pipeline.Options{}, pipeline.RunOptions{}); !strings.HasPrefix(got, "v.sums: merge, changes: 3, rows: 6, and the last stage was computed whole, over few rows\n") {
		t.Error(got)
	}
	many := strings.Repeat("{\"k\": \"x\", \"n\": 1}\n", 9000)
	f.write("-- data/t3.json --\n" + many)
	if got := f.tick(pipeline.Options{}, pipeline.RunOptions{}); !strings.HasPrefix(got, "v.sums: full, changes: 9000, rows: 9006, too large a part to be worth it\n") {
		t.Error(got)
	}
	f.write("-- models/v/sums.sql --\n/* @refresh incremental */ SELECT k, SUM(n) AS n FROM s.t GROUP BY k\n-- data/t4.json --\n" + many)
	if got := f.tick(pipeline.Options{}, pipeline.RunOptions{}); !strings.HasPrefix(got, "v.sums: merge, changes: 9000, rows: 18006\n") {
		t.Error(got)
	}
}

// A view that a release with other plans made is built anew with the next tick, in one
// commit, and what reads it too.
func TestAViewOfAnotherReleaseIsBuiltAnew(t *testing.T) {
	f := newFolder(t, counts)
	f.tick(always, pipeline.RunOptions{})
	p := f.open()
	corrupt(t, p, "v.sums", `UPDATE %s SET n = 0`) // as if it were kept in another way
	corrupt(t, p, "v.sums", `UPDATE atoll.views SET fingerprint = 'another' WHERE view_name = 'v.sums'`)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	const why = "the columns that it reads, or how this release keeps it, have changed"
	f.expect(f.verify(1, "sums"), "v.sums skipped 0 0 "+why+" since its last refresh (refresh it first: atoll run)")
	f.expect(f.tick(always, pipeline.RunOptions{}), "v.sums: full, "+why+"\nv.above: full, v.sums was built anew")
	f.expect(f.query(`SELECT * FROM v.sums ORDER BY k`), "a 3\nb 5")
	f.expect(f.tick(always, pipeline.RunOptions{}), "")
}

// What both ways took is learnt from each refresh, and decides about the next one.
func TestWhatRefreshesTookDecides(t *testing.T) {
	f := newFolder(t, counts+"-- data/t2.json --\n"+strings.Repeat("{\"k\": \"a\", \"n\": 1}\n", 9))
	f.remove("models/v/above.sql")
	f.remove("models/v/daily.sql")
	// Whenever somebody looks at the clock, a second has gone by.
	o := pipeline.Options{Clock: func() time.Time { f.now = f.now.Add(time.Second); return f.now }}
	files := 2
	tick := func(want, learnt string) {
		t.Helper()
		if got := f.tick(o, pipeline.RunOptions{}); !strings.HasPrefix(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
		if got := f.query(`SELECT seconds > 0 AND ` + learnt + ` FROM atoll.views`); got != "true" {
			t.Errorf("learnt: %s, want %s", f.query(`SELECT seconds, full_seconds, incremental_seconds, incremental_rows FROM atoll.views`), learnt)
		}
		files++
		f.write(fmt.Sprintf("-- data/t%d.json --\n{\"k\": \"b\", \"n\": 1}\n", files))
	}
	took := func(full, incremental int) {
		t.Helper()
		p := f.open()
		defer p.Close()
		corrupt(t, p, "v.sums", fmt.Sprintf(`UPDATE atoll.views SET full_seconds = %d, incremental_seconds = %d`, full, incremental))
	}
	tick("v.sums: full, it is built for the first time", "full_seconds = seconds AND incremental_seconds = 0")
	tick("v.sums: merge, changes: 1, rows: 13", "full_seconds > 0 AND incremental_seconds = seconds AND incremental_rows = 1")
	took(1000, 100)
	tick("v.sums: merge, changes: 1, rows: 14", "full_seconds = 1000 AND incremental_seconds = (100 + seconds) / 2")
	took(10, 100)
	tick("v.sums: full, changes: 1, rows: 15, which is expected to take 100.00 s, and recomputing took 10.00 s", "full_seconds = seconds AND incremental_seconds = 80")
}

// A refresh that finds the stored rows other than they must be ends in a
// recomputation, which says so.
func TestARefreshThatFailsIsDoneAnew(t *testing.T) {
	f := newFolder(t, counts+"-- models/v/large.sql --\nSELECT k, n FROM s.t WHERE n > 1\n")
	f.tick(always, pipeline.RunOptions{})
	p := f.open()
	corrupt(t, p, "v.large", `DELETE FROM %s WHERE k = 'b'`)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	f.write("-- data/t1.json --\n{\"k\": \"a\", \"n\": 1}\n{\"k\": \"a\", \"n\": 2}\n{\"k\": \"b\", \"n\": 6}\n")
	var log strings.Builder
	logged := always
	logged.Log = slog.New(slog.NewTextHandler(&log, nil))
	got := f.tick(logged, pipeline.RunOptions{})
	if !strings.Contains(log.String(), `msg="a view was recomputed, as the plan of its refresh failed" view=v.large`) {
		t.Errorf("logged: %s", &log)
	}
	if !strings.Contains(got, "v.large: full, it could not be refreshed from what changed: changing v.large: 1 rows are to leave v.large, and it holds 0 of them") {
		t.Error(got)
	}
	f.expect(f.query(`SELECT * FROM v.large ORDER BY n`), "a 2\nb 6")
	f.write("-- data/t3.json --\n{\"k\": \"c\", \"n\": 7}\n")
	if got := f.tick(always, pipeline.RunOptions{}); !strings.Contains(got, "v.large: bag, changes: 1, rows: 4") {
		t.Error(got)
	}
}

// Rows that left are kept for readers that lag behind, up to a number; then those
// are recomputed.
func TestAReaderThatLagsBehindTooFarIsRecomputed(t *testing.T) {
	f := newFolder(t, counts)
	few := pipeline.Options{AlwaysIncremental: true, Small: refresh.LookUp, KeptRows: 3}
	f.tick(few, pipeline.RunOptions{})
	kept := func() string { return f.query(`SELECT count(*) FROM atoll_store."v.sums.log"`) }
	for i := range 3 {
		f.write(fmt.Sprintf("-- data/t2.json --\n{\"k\": \"a\", \"n\": %d}\n{\"k\": \"b\", \"n\": %d}\n", i, i))
		f.now = f.now.Add(time.Minute)
		f.tick(few, pipeline.RunOptions{})
		if i == 0 {
			f.expect(kept(), "2") // v.above has read them, v.daily has not
		}
	}
	f.expect(kept(), "0") // six are more than three, and than twice the two rows held
	f.now = f.now.Add(24 * time.Hour)
	f.expect(f.tick(few, pipeline.RunOptions{}), "v.daily: full, not all changes of v.sums since its last refresh are kept")
	f.expect(f.query(`SELECT * FROM v.daily ORDER BY n`), "5 1\n7 1")
}

// Once there is no reader that has yet to read what left, nothing more is kept.
func TestWhatNobodyWillReadIsForgotten(t *testing.T) {
	f := newFolder(t, counts)
	f.remove("models/v/above.sql")
	few := pipeline.Options{AlwaysIncremental: true, Small: refresh.LookUp, KeptRows: 3}
	f.tick(few, pipeline.RunOptions{})
	kept := func() string { return f.query(`SELECT count(*) FROM atoll_store."v.sums.log"`) }
	for i, want := range []string{"2", "4", "0", "0", "0"} { // v.daily lags behind, until it is to recompute
		f.write(fmt.Sprintf("-- data/t2.json --\n{\"k\": \"a\", \"n\": %d}\n{\"k\": \"b\", \"n\": %d}\n", i, i))
		f.now = f.now.Add(time.Minute)
		f.tick(few, pipeline.RunOptions{})
		f.expect(kept(), want)
	}
	f.remove("models/v/daily.sql")
	f.write("-- data/t2.json --\n{\"k\": \"a\", \"n\": 9}\n")
	f.tick(few, pipeline.RunOptions{})
	f.expect(kept(), "0")
}

// Once all readers have read what left, it is forgotten.
func TestWhatAllHaveReadIsForgotten(t *testing.T) {
	f := newFolder(t, counts)
	f.remove("models/v/daily.sql")
	f.tick(always, pipeline.RunOptions{})
	for i := range 3 {
		f.write(fmt.Sprintf("-- data/t1.json --\n{\"k\": \"a\", \"n\": %d}\n", i))
		f.tick(always, pipeline.RunOptions{})
		f.expect(f.query(`SELECT (SELECT count(*) FROM atoll_store."v.sums.log") + (SELECT count(*) FROM atoll_store."s.t.log")`), "0")
	}
	f.expect(f.query(`SELECT * FROM v.above`), "1 2")
}

// A view that is gone leaves no stages and no cursors.
func TestAViewThatIsGoneLeavesNothing(t *testing.T) {
	f := newFolder(t, counts+"-- models/v/ranked.sql --\nSELECT k, c, RANK() OVER (PARTITION BY c ORDER BY k) AS r FROM (SELECT k, COUNT(*) AS c FROM s.t GROUP BY k) x\n")
	f.tick(always, pipeline.RunOptions{})
	stored := `SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'atoll_store' AND starts_with(table_name, 'v.ranked')`
	if f.query(stored) == "0" {
		t.Fatal("the view has no tables")
	}
	f.remove("models/v/ranked.sql")
	f.tick(always, pipeline.RunOptions{})
	f.expect(f.query(stored), "0")
	f.expect(f.query(`SELECT count(*) FROM atoll.cursors WHERE reader = 'v.ranked'`), "0")
}

// A stage has all rows, also those that the query leaves out further out. Where they
// make it fail, the query is run as a whole, and the stages are tried again later.
func TestAViewWhoseStagesFailIsRunAsAWhole(t *testing.T) {
	f := newFolder(t, counts+`
-- models/v/squares.sql --
SELECT k, squares FROM (SELECT k, SUM(CAST(k AS INTEGER) * n) AS squares FROM s.t GROUP BY k) g WHERE k BETWEEN '0' AND '9'
`)
	tick := func(files, way, want string) {
		t.Helper()
		f.write(files)
		got := f.tick(always, pipeline.RunOptions{})
		if !strings.HasPrefix(got, "v.squares: "+way) {
			t.Errorf("the tick did\n%s\nnot %s", got, way)
		}
		f.expect(f.query(`SELECT * FROM v.squares ORDER BY k`), want)
		f.expect(f.verify(10, "v.squares"), "v.squares equal 0 0")
	}
	failed := "full, its stages could not be built: refreshing v.squares#2: invalid input syntax for integer: "
	tick("-- data/t2.json --\n{\"k\": \"2\", \"n\": 3}\n", failed+`"`, "2 6")
	waits := "full, its stages could not be built, and are tried again after 2026-03-01T13:00:00Z"
	tick("-- data/t3.json --\n{\"k\": \"2\", \"n\": 4}\n", waits, "2 14")
	tick("-- data/t1.json --\n{\"k\": \"7\", \"n\": 1}\n", waits, "2 14\n7 7") // the texts are gone

	f.now = f.now.Add(time.Hour)
	tick("-- data/t3.json --\n{\"k\": \"2\", \"n\": 5}\n", "full, not all changes of s.t since its last refresh are kept\n", "2 16\n7 7")
	tick("-- data/t3.json --\n{\"k\": \"2\", \"n\": 6}\n", "bag, changes: 2, rows: 3\n", "2 18\n7 7")
	tick("-- data/t4.json --\n{\"k\": \"x\", \"n\": 1}\n", failed+`"x"`, "2 18\n7 7")
	if got := f.tick(always, pipeline.RunOptions{FullRefresh: true}); !strings.HasPrefix(got, "v.squares: "+failed+`"x"`) {
		t.Errorf("a full refresh does not try the stages: %s", got)
	}
	f.write("-- models/v/squares.sql --\nSELECT k, SUM(n) AS squares FROM s.t GROUP BY k\n")
	tick("", "full, its model has changed", "2 9\n7 1\nx 1") // an edited one does not wait
	tick("-- data/t4.json --\n{\"k\": \"x\", \"n\": 2}\n", "merge, changes: 2, rows: 4", "2 9\n7 1\nx 2")
}

// The stages of a grouping keep columns that its query does not return. Where they
// cannot be built, and when they can again, the views above it are built anew; between
// these they see what changed.
func TestAViewThatOthersReadIsRunAsAWhole(t *testing.T) {
	f := newFolder(t, counts+`
-- models/v/sums.sql --
SELECT LEN(k) AS w, SUM(sq) AS total FROM (SELECT k, SUM(CAST(k AS INTEGER) * n) AS sq FROM s.t GROUP BY k) g WHERE k BETWEEN '0' AND '9' GROUP BY 1
-- models/v/above.sql --
SELECT COUNT(*) AS n, MAX(total) AS most FROM v.sums
-- models/v/daily.sql --
SELECT w FROM v.sums
`)
	tick := func(files, way, want string) {
		t.Helper()
		f.write(files)
		sums, above, _ := strings.Cut(way, "...")
		if got := f.tick(always, pipeline.RunOptions{}); !strings.HasPrefix(got, sums) || !strings.Contains(got, above) {
			t.Errorf("the tick did\n%s\nnot %s", got, way)
		}
		f.expect(f.query(`SELECT * FROM v.above`), want)
		f.expect(f.verify(10, "v.sums", "v.above"), "v.sums equal 0 0\nv.above equal 0 0")
	}
	f.write("-- data/t1.json --\n{\"k\": \"3\", \"n\": 1}\n")
	tick("-- data/t2.json --\n{\"k\": \"2\", \"n\": 3}\n", "v.sums: full, it is built for the first time", "1 9")
	tick("-- data/t3.json --\n{\"k\": \"2\", \"n\": 4}\n", "v.sums: merge, ", "1 17")
	tick("-- data/t4.json --\n{\"k\": \"x\", \"n\": 1}\n", "v.sums: full, its stages could not be built: ...v.above: full, v.sums was built anew", "1 17")
	tick("-- data/t4.json --\n{\"k\": \"2\", \"n\": 1}\n", "v.sums: full, its stages could not be built, and are tried again...v.above: merge, changes: 2, rows: 1", "1 19")
	f.now = f.now.Add(time.Hour)
	tick("-- data/t5.json --\n{\"k\": \"2\", \"n\": 1}\n", "v.sums: full, not all changes...v.above: full, v.sums was built anew", "1 21")
	tick("-- data/t5.json --\n{\"k\": \"2\", \"n\": 2}\n", "v.sums: merge, ", "1 23")
}
