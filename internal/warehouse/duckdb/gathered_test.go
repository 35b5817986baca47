package duckdb

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// TestGathered: from the second question on which of some keys a large relation has, its
// column is not read any more, if its values are few; what leaves it, and a transaction
// that is rolled back, takes them away, and they are gathered again when the engine was renewed.
func TestGathered(t *testing.T) {
	w, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "w.duckdb")})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	begin := func() *tx {
		begun, err := w.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return asTx(begun)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	bigint := schema.Type{Kind: schema.BigInt}
	all := gatherFew.rows + 100
	first := begin()
	_, err = first.Refresh(t.Context(), warehouse.View{Name: spots, Version: 1,
		Columns: []schema.Column{{Name: "few", Type: bigint}, {Name: "many", Type: bigint}},
		Query:   fmt.Sprintf("SELECT CAST(hash(n) %% 10000 AS BIGINT), n FROM range(%d) AS r(n)", all)})
	must(err)
	must(first.Commit(t.Context()))

	asked := 0
	// reads asks for keys by a column, and returns how many rows the engine reads for that.
	reads := func(tx *tx, column string) int64 {
		t.Helper()
		asked++
		keys := fmt.Sprintf("keys %d", asked)
		_, err := tx.Work(t.Context(), keys, "SELECT range AS k FROM range(3)")
		must(err)
		r, err := tx.relation(t.Context(), "testing", spots)
		must(err)
		l, err := tx.lookupOf(t.Context(), "testing", r, []string{column}, working(keys), []string{"k"})
		must(err)
		l.parts, l.list = r.at(warehouse.Latest), quote(column)
		query, err := tx.rowsQuery(t.Context(), "testing", l, warehouse.Rowset{At: warehouse.Latest, Once: true})
		must(err)
		rows, err := tx.scanned(t.Context(), query)
		must(err)
		must(tx.lookedUp(t.Context(), "testing"))
		return rows
	}
	want := func(what string, tx *tx, column string, least, most int64) {
		t.Helper()
		if rows := reads(tx, column); rows < least || rows > most {
			t.Errorf("%s: %d rows are read, want %d to %d", what, rows, least, most)
		}
	}
	const values = 11_000
	second := begin()
	want("the first question", second, "few", all, all+100)
	want("the second", second, "few", 1, values)
	must(second.Commit(t.Context()))

	must(os.Mkdir(w.scratch(), 0o700)) // as if something had been put aside
	third := begin()
	if len(w.gathered) > 0 {
		t.Errorf("%q are there in a new instance of the engine", w.gathered)
	}
	want("once the engine was renewed", third, "few", 1, values)
	_, err = third.Work(t.Context(), "delta", "SELECT 20000 + range AS few, range AS many, 1 AS _w FROM range(50)")
	must(err)
	_, _, err = third.Apply(t.Context(), warehouse.Apply{To: spots, Delta: "delta", Version: 2})
	must(err)
	want("after rows came", third, "few", 1, values)
	want("many values", third, "many", 1, all+100)
	want("many values again", third, "many", values, all+100)
	if kept, err := third.number(t.Context(), "testing", "SELECT count(*) FROM duckdb_tables() WHERE temporary AND table_name LIKE '#values%'"); err != nil || kept != 1 {
		t.Errorf("there are %d tables of values, error %v", kept, err)
	}
	must(third.Rollback())

	fourth := begin()
	if kept, err := fourth.number(t.Context(), "testing", "SELECT count(*) FROM duckdb_tables() WHERE temporary"); err != nil || kept != 0 {
		t.Errorf("after a rollback there are %d temporary tables, error %v", kept, err)
	}
	want("after a rollback", fourth, "few", all, all+100)
	want("again", fourth, "few", 1, values)
	_, err = fourth.Work(t.Context(), "one", "SELECT 0 AS few, 0 AS many, -1 AS _w FROM range(0) UNION ALL SELECT few, many, -1 FROM reports.spots WHERE many = 77")
	must(err)
	_, _, err = fourth.Apply(t.Context(), warehouse.Apply{To: spots, Delta: "one", Lookup: []string{"many"}, Version: 2})
	must(err)
	want("after a row left", fourth, "few", all-1, all+100)
	must(fourth.Forget(t.Context()))
	want("again", fourth, "few", 1, values)
	must(fourth.Drop(t.Context(), spots))
	must(fourth.Forget(t.Context()))
	if kept, err := fourth.number(t.Context(), "testing", "SELECT count(*) FROM duckdb_tables() WHERE temporary"); err != nil || kept != 0 {
		t.Errorf("of a relation that was dropped there are %d temporary tables, error %v", kept, err)
	}
	must(fourth.Rollback())
}
