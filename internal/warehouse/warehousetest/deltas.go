package warehousetest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// pairs is the view that the tests of deltas change.
var pairs = schema.Name{Schema: "reports", Name: "pairs"}

// pairsView is a view of two columns that holds what a query returns.
func pairsView(version int64, query string) warehouse.View {
	return warehouse.View{Name: pairs, Version: version, Query: query, Columns: []schema.Column{
		{Name: "k", Type: schema.Type{Kind: schema.BigInt}}, {Name: "v", Type: schema.Type{Kind: schema.Varchar}},
	}}
}

// in does something in a transaction and commits it.
func (w *world) in(do func(tx warehouse.Tx)) {
	w.Helper()
	tx := w.begin()
	do(tx)
	w.must(tx.Commit(w.ctx))
}

// tracked makes the view of pairs at version 1, tracked.
func (w *world) tracked(query string) {
	w.Helper()
	w.in(func(tx warehouse.Tx) {
		_, err := tx.Refresh(w.ctx, pairsView(1, query))
		w.must(err)
		w.must(tx.Track(w.ctx, pairs))
	})
}

// apply brings signed rows into the view of pairs, as "(k, v, weight), ..." says.
func (w *world) apply(version int64, rows string, lookup ...string) {
	w.Helper()
	w.in(func(tx warehouse.Tx) { w.applyIn(tx, version, rows, lookup...) })
}

func (w *world) applyIn(tx warehouse.Tx, version int64, rows string, lookup ...string) {
	w.Helper()
	name := fmt.Sprintf("delta %d", version)
	_, err := tx.Work(w.ctx, name, "SELECT * FROM (VALUES "+rows+") AS d(k, v, _w)")
	w.must(err)
	_, _, err = tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: name, Lookup: lookup, Version: version})
	w.must(err)
}

// wantIn compares what a query returns within a transaction, in any order.
func (w *world) wantIn(tx warehouse.Tx, text string, want ...string) {
	w.Helper()
	rows, err := tx.SQL().Query(w.ctx, text)
	w.must(err)
	got := w.print(rows)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		w.Errorf("%s\n got: %s\nwant: %s", text, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
	}
}

// wantChanges compares the changes of pairs between two versions, as
// "k|v|weight".
func (w *world) wantChanges(after, to int64, want ...string) {
	w.Helper()
	w.in(func(tx warehouse.Tx) {
		came, left, err := tx.Changes(w.ctx, warehouse.Changes{From: pairs, After: after, To: to, As: "d"})
		w.must(err)
		var plus, minus int64
		for _, row := range want {
			if strings.HasSuffix(row, "|-1") {
				minus++
			} else {
				plus++
			}
		}
		if came != plus || left != minus {
			w.Errorf("after %d to %d: said that %d came and %d left, want %d and %d", after, to, came, left, plus, minus)
		}
		w.wantIn(tx, `SELECT * FROM temp."d"`, want...)
	})
}

// wantState compares the rows of pairs at a version.
func (w *world) wantState(at int64, want ...string) {
	w.Helper()
	w.in(func(tx warehouse.Tx) {
		w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: at, As: "s"}))
		w.wantIn(tx, `SELECT * FROM temp."s"`, want...)
	})
}

func changesBetween(w *world) {
	w.tracked(`VALUES (1, 'a'), (1, 'a'), (2, NULL), (NULL, 'n')`)
	w.apply(2, `(1, 'a', -1), (NULL, 'n', -1), (3, 'c', 1)`)
	w.apply(3, `(3, 'c', -1), (4, 'd', 2), (2, NULL, -1), (2, NULL, 1)`)
	w.apply(5, `(1, 'a', -1), (4, 'd', -1), (3, 'c', 1)`)
	w.want(`SELECT * FROM reports.pairs`, "2|null", "4|d", "3|c")

	w.wantChanges(0, 1, "1|a|1", "1|a|1", "2|null|1", "null|n|1")
	w.wantChanges(1, 2, "1|a|-1", "null|n|-1", "3|c|1")
	w.wantChanges(1, 3, "1|a|-1", "null|n|-1", "4|d|1", "4|d|1") // 3 came and left
	w.wantChanges(2, 3, "3|c|-1", "4|d|1", "4|d|1")
	w.wantChanges(3, 4)
	w.wantChanges(3, warehouse.Latest, "1|a|-1", "4|d|-1", "3|c|1")
	w.wantChanges(4, 5, "1|a|-1", "4|d|-1", "3|c|1")
	w.wantChanges(5, warehouse.Latest)

	w.wantState(0)
	w.wantState(1, "1|a", "1|a", "2|null", "null|n")
	w.wantState(2, "1|a", "2|null", "3|c")
	w.wantState(3, "1|a", "2|null", "4|d", "4|d")
	w.wantState(4, "1|a", "2|null", "4|d", "4|d")
	w.wantState(warehouse.Latest, "2|null", "4|d", "3|c")
}
