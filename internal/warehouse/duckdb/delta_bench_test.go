package duckdb_test

import (
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/lower"
	"github.com/atolldata/atoll/internal/sql/scalar"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

const (
	deltaRows = 10_000_000 // that the benchmarks' relation holds
	deltaTick = 10_000     // that one change or lookup is about
)

var facts = schema.Name{Schema: "reports", Name: "facts"}

// factsView has the three shapes of keys: id in the order of arrival, late in it
// but for one row in a hundred, which is late by up to a tenth of all rows, and
// spread and text in none.
func factsView(rows int) warehouse.View {
	bigint, varchar := schema.Type{Kind: schema.BigInt}, schema.Type{Kind: schema.Varchar}
	return warehouse.View{Name: facts, Version: 1, Columns: []schema.Column{
		{Name: "id", Type: bigint}, {Name: "late", Type: bigint}, {Name: "spread", Type: bigint}, {Name: "text", Type: varchar},
		{Name: "body", Type: varchar}, {Name: "amount", Type: bigint},
	}, Query: fmt.Sprintf("SELECT %s FROM range(%d) AS r(n) ORDER BY n", factColumns, rows), Sort: []string{"id"}, Sought: []schema.Column{{Name: "text", Type: varchar}}}
}

// factColumns are the columns of the row with the number n.
var factColumns = fmt.Sprintf("n, CASE WHEN n %% 100 = 7 THEN greatest(0, n - CAST(hash(n) %% %d AS BIGINT)) ELSE n END, "+
	"CAST(hash(n) %% 1000000000000000 AS BIGINT), md5(CAST(n AS VARCHAR)), 'the body of row ' || n %% 977, n %% 1000", deltaRows/10)

// tickNumbers are the numbers of rows that one lookup is about: the last, and in
// some shapes ten that lie far away.
var (
	lastNumbers    = fmt.Sprintf("SELECT %d + range AS n FROM range(%d)", deltaRows-deltaTick, deltaTick)
	outlierNumbers = lastNumbers + fmt.Sprintf(" UNION ALL SELECT range * %d FROM range(10)", deltaRows/11)
	strewnNumbers  = fmt.Sprintf("SELECT range * %d AS n FROM range(%d)", deltaRows/deltaTick, deltaTick)
)

func openFacts(b *testing.B) *duckdb.Warehouse {
	w, err := duckdb.Open(b.Context(), duckdb.Options{
		Path: filepath.Join(b.TempDir(), "w.duckdb"), Settings: lower.Settings(), Prelude: lower.Prelude(), Functions: scalar.All(),
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { w.Close() })
	inTx(b, w, true, func(tx warehouse.Tx) error {
		if _, err := tx.Refresh(b.Context(), factsView(deltaRows)); err != nil {
			return err
		}
		if err := tx.Track(b.Context(), facts); err != nil {
			return err
		}
		return replaceFacts(b, tx, "id", 2)
	})
	if err := w.Checkpoint(b.Context()); err != nil {
		b.Fatal(err)
	}
	return w
}

// inTx does something in a transaction, and commits or rolls back.
func inTx(t testing.TB, w warehouse.Warehouse, commit bool, do func(tx warehouse.Tx) error) {
	t.Helper()
	tx, err := w.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		t.Fatal(err)
	}
	if !commit {
		return
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// replaceFacts makes the amounts of the last rows, which are found by a column,
// greater by one at a version; the versions from 2 on follow each other.
func replaceFacts(t testing.TB, tx warehouse.Tx, lookup string, version int64) error {
	_, err := tx.Work(t.Context(), "delta", fmt.Sprintf(`SELECT * FROM (SELECT %s + more, w FROM (%s) CROSS JOIN (VALUES (%d, -1), (%d, 1)) AS x(more, w))
		AS d("id", "late", "spread", "text", "body", "amount", "_w")`, factColumns, lastNumbers, version-2, version-1))
	if err != nil {
		return err
	}
	_, _, err = tx.Apply(t.Context(), warehouse.Apply{To: facts, Delta: "delta", Lookup: []string{lookup}, Version: version})
	return err
}

// overwriteFacts does what replaceFacts does, by a query over the rows that it finds.
func overwriteFacts(t testing.TB, tx warehouse.Tx, lookup string, version int64) error {
	keys := fmt.Sprintf(`SELECT "%s" AS k FROM (SELECT %s FROM (%s)) AS d("id", "late", "spread", "text", "body", "amount")`, lookup, factColumns, lastNumbers)
	if _, err := tx.Work(t.Context(), "keys", keys); err != nil {
		return err
	}
	_, err := tx.Rows(t.Context(), warehouse.Rowset{From: facts, At: warehouse.Latest, Key: []string{lookup}, Keys: "keys", KeyColumns: []string{"k"}, Places: true, As: "old"})
	if err != nil {
		return err
	}
	came, left, err := tx.Overwrite(t.Context(), warehouse.Overwrite{To: facts, Old: "old", Version: version, As: "made",
		New: fmt.Sprintf(`SELECT "id", "late", "spread", "text", "body", "amount" + 1 FROM %s`, warehouse.Working("old"))})
	if err == nil && (came != left || came < deltaTick) {
		t.Errorf("%d rows came and %d left", came, left)
	}
	return err
}

// benchTick measures a part of a tick, in a transaction that is rolled back: the
// time, and the processors' time, which other work on the machine disturbs less.
func benchTick(b *testing.B, w warehouse.Warehouse, name string, do func(tx warehouse.Tx) error) {
	b.Run(name, func(b *testing.B) {
		before := cpuTime(b)
		for b.Loop() {
			inTx(b, w, false, do)
		}
		b.ReportMetric(float64((cpuTime(b)-before).Microseconds())/1000/float64(b.N), "cpu-ms/op")
	})
}

// cpuTime is what this process has used of the processors.
func cpuTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkDeltas measures what a tick asks of a large relation.
func BenchmarkDeltas(b *testing.B) {
	w := openFacts(b)
	benchTick(b, w, "changes", func(tx warehouse.Tx) error {
		_, _, err := tx.Changes(b.Context(), warehouse.Changes{From: facts, After: 1, To: 2, As: "d"})
		return err
	})
	for _, shape := range []struct{ name, numbers, key string }{
		{"ordered", lastNumbers, "id"}, {"outliers", outlierNumbers, "id"}, {"late", lastNumbers, "late"}, {"random", lastNumbers, "spread"},
		{"text", lastNumbers, "text"}, {"strewn", strewnNumbers, "spread"},
	} {
		keys := fmt.Sprintf(`SELECT "%s" AS k FROM (SELECT %s FROM (%s)) AS d("id", "late", "spread", "text", "body", "amount")`, shape.key, factColumns, shape.numbers)
		benchTick(b, w, "rows/"+shape.name, func(tx warehouse.Tx) error {
			if _, err := tx.Work(b.Context(), "keys", keys); err != nil {
				return err
			}
			_, err := tx.Rows(b.Context(), warehouse.Rowset{From: facts, At: 1, Key: []string{shape.key}, Keys: "keys", KeyColumns: []string{"k"}, As: "found"})
			return err
		})
	}
	for _, shape := range []struct{ name, key string }{{"ordered", "id"}, {"late", "late"}, {"random", "spread"}} {
		benchTick(b, w, "apply/"+shape.name, func(tx warehouse.Tx) error { return replaceFacts(b, tx, shape.key, 3) })
		benchTick(b, w, "overwrite/"+shape.name, func(tx warehouse.Tx) error { return overwriteFacts(b, tx, shape.key, 3) })
	}
}
