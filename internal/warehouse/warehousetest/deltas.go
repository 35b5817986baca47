package warehousetest

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// pairs is the view that the tests of deltas change.
var pairs = schema.Name{Schema: "reports", Name: "pairs"}

// pairsView is a view of two columns that holds what a query returns.
func pairsView(version int64, query string) warehouse.View {
	return warehouse.View{Name: pairs, Version: version, Query: query, Key: []string{"v"}, Columns: []schema.Column{
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
	w.work(tx, "delta", "SELECT * FROM (VALUES "+rows+") AS d(k, v, _w)")
	_, _, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Lookup: lookup, Version: version})
	w.must(err)
	w.must(tx.Forget(w.ctx))
}

// work makes a working table.
func (w *world) work(tx warehouse.Tx, as, query string) {
	w.Helper()
	_, err := tx.Work(w.ctx, as, query)
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
		if n := signsOf(want); came != n.came || left != n.left {
			w.Errorf("after %d to %d: said that %d came and %d left, want %v", after, to, came, left, n)
		}
		w.wantIn(tx, `SELECT * FROM "d"`, want...)
	})
}

// signs are how many signed rows came and left.
type signs struct{ came, left int64 }

// signsOf counts signed rows, each as "k|v|weight".
func signsOf(rows []string) (n signs) {
	for _, row := range rows {
		if strings.HasSuffix(row, "|-1") {
			n.left++
		} else {
			n.came++
		}
	}
	return n
}

// wantState compares the rows of pairs at a version.
func (w *world) wantState(at int64, want ...string) {
	w.Helper()
	w.in(func(tx warehouse.Tx) {
		w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: at, As: "s"}))
		w.wantIn(tx, `SELECT * FROM "s"`, want...)
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

// A state that was made before a change is the same after it.
func stateOutlastsChange(w *world) {
	w.tracked(`VALUES (1, 'a'), (2, 'b')`)
	w.in(func(tx warehouse.Tx) {
		w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: 1, As: "before", Columns: []string{"v", "k"}}))
		w.work(tx, "delta", `SELECT * FROM (VALUES (1, 'a', -1), (3, 'c', 1)) AS d(k, v, _w)`)
		_, _, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Version: 2})
		w.must(err)
		w.wantIn(tx, `SELECT * FROM "before"`, "a|1", "b|2")
		w.wantIn(tx, `SELECT * FROM reports.pairs`, "2|b", "3|c")
	})
}

func applying(w *world) {
	w.tracked(`VALUES (1, 'a'), (1, 'a'), (1, 'a'), (2, 'b'), (NULL, 'n'), (NULL, NULL)`)
	w.in(func(tx warehouse.Tx) {
		w.work(tx, "delta", `SELECT * FROM (VALUES (1, 'a', -1), (1, 'a', -1), (2, 'b', -1), (2, 'b', 1), (NULL, NULL, -1), (3, 'c', 5), (3, 'c', -2),
			(4, 'd', 1), (4, 'd', -1), (NULL, 'n', 1)) AS d(k, v, _w)`)
		came, left, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Lookup: []string{"k"}, Version: 2})
		w.must(err)
		if came != 4 || left != 3 {
			w.Errorf("%d came and %d left", came, left)
		}
	})
	w.want(`SELECT * FROM reports.pairs`, "1|a", "2|b", "3|c", "3|c", "3|c", "null|n", "null|n")
	w.wantChanges(1, 2, "1|a|-1", "1|a|-1", "null|null|-1", "3|c|1", "3|c|1", "3|c|1", "null|n|1")

	// Sums are weights too.
	w.in(func(tx warehouse.Tx) {
		w.work(tx, "delta", `SELECT 5 AS k, 'e' AS v, sum(x) AS _w FROM (VALUES (3), (-1)) AS d(x)`)
		came, left, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Version: 2})
		w.must(err)
		if came != 2 || left != 0 {
			w.Errorf("%d came and %d left", came, left)
		}
	})
	w.apply(2, `(5, 'e', -2)`)
	w.apply(2, `(6, 'f', 2), (7, 'g', 1), (8, 'h', 0)`) // nothing leaves
	w.want(`SELECT k, count(*) FROM reports.pairs WHERE k > 5 GROUP BY k`, "6|2", "7|1")
	w.apply(2, `(6, 'f', -2), (7, 'g', -1)`)

	// Nothing but rows that cancel out, and nothing at all.
	w.apply(3, `(9, 'x', 1), (9, 'x', -1)`, "v")
	w.apply(4, `(9, 'x', 0)`)
	w.wantChanges(2, warehouse.Latest)
}

// What comes and leaves at one version leaves no trace, and of equal rows the
// newest leaves.
func sameVersion(w *world) {
	w.tracked(`VALUES (1, 'a'), (2, 'b')`)
	w.in(func(tx warehouse.Tx) {
		w.applyIn(tx, 2, `(1, 'a', 1), (3, 'c', 1)`)
		w.applyIn(tx, 2, `(1, 'a', -1), (3, 'c', -1), (2, 'b', -1)`, "k")
		if kept, err := tx.Kept(w.ctx, pairs); err != nil || kept != 1 {
			w.Errorf("%d rows are kept, error %v", kept, err)
		}
	})
	w.want(`SELECT * FROM reports.pairs`, "1|a")
	w.wantChanges(1, 2, "2|b|-1")
	w.wantChanges(0, 1, "1|a|1", "2|b|1")
}

// A change that does not fit what is stored is a defect, whatever finds the rows.
func applyMisfits(w *world) {
	w.tracked(`VALUES (1, 'a'), (1, 'a'), (2, NULL)`)
	for _, rows := range []string{`(1, 'a', -3)`, `(1, 'b', -1)`, `(2, '', -1)`, `(NULL, 'a', -1)`, `(1, 'a', -1), (5, 'e', -1)`} {
		for _, lookup := range [][]string{nil, {"k"}, {"v"}, {"v", "k"}} {
			tx := w.begin()
			w.work(tx, "delta", "SELECT * FROM (VALUES "+rows+") AS d(k, v, _w)")
			_, _, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Lookup: lookup, Version: 2})
			w.wantFault(err, "reports.pairs")
			if code := fault.CodeOf(err); code != fault.Internal {
				w.Errorf("code %q", code)
			}
			w.wantFault(tx.Commit(w.ctx), "reports.pairs")
		}
	}
	w.want(`SELECT * FROM reports.pairs`, "1|a", "1|a", "2|null")
}

func pruning(w *world) {
	w.tracked(`VALUES (1, 'a'), (2, 'b'), (3, 'c')`)
	w.apply(2, `(1, 'a', -1)`)
	w.apply(3, `(2, 'b', -1)`)
	w.apply(4, `(3, 'c', -1)`)
	w.in(func(tx warehouse.Tx) {
		for _, step := range []struct{ version, kept int64 }{{1, 3}, {2, 2}, {3, 1}, {3, 1}, {warehouse.Latest, 0}} {
			w.must(tx.Prune(w.ctx, pairs, step.version))
			if kept, err := tx.Kept(w.ctx, pairs); err != nil || kept != step.kept {
				w.Errorf("after forgetting up to %d, %d rows are kept, error %v", step.version, kept, err)
			}
			if step.version == 3 {
				w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: 3, As: "s"}))
				w.wantIn(tx, `SELECT * FROM "s"`, "3|c")
				w.must(tx.Forget(w.ctx))
			}
		}
		if size, err := tx.Size(w.ctx, pairs); err != nil || size != 0 {
			w.Errorf("the view holds %d rows, error %v", size, err)
		}
	})
}

// What is not tracked keeps nothing.
func untracked(w *world) {
	w.in(func(tx warehouse.Tx) {
		_, err := tx.Refresh(w.ctx, pairsView(1, `VALUES (1, 'a'), (2, 'b')`))
		w.must(err)
		w.applyIn(tx, 2, `(1, 'a', -1), (3, 'c', 1)`)
		kept, err := tx.Kept(w.ctx, pairs)
		if err != nil || kept != 0 {
			w.Errorf("%d rows are kept, error %v", kept, err)
		}
		w.must(tx.Prune(w.ctx, pairs, 2))
	})
	w.wantChanges(1, 2, "3|c|1")
}

// A relation that is built anew, with other columns perhaps, is tracked still, and
// has forgotten what left it.
func builtAnew(w *world) {
	w.tracked(`VALUES (1, 'a')`)
	w.apply(2, `(1, 'a', -1), (2, 'b', 1)`)
	other := pairsView(3, `VALUES ('x', 1.5)`)
	other.Columns = []schema.Column{{Name: "name", Type: schema.Type{Kind: schema.Varchar}}, {Name: "d", Type: schema.Type{Kind: schema.Double}}}
	w.in(func(tx warehouse.Tx) {
		if kept, err := tx.Kept(w.ctx, pairs); err != nil || kept != 1 {
			w.Errorf("%d rows are kept, error %v", kept, err)
		}
		_, err := tx.Refresh(w.ctx, other)
		w.must(err)
		if kept, err := tx.Kept(w.ctx, pairs); err != nil || kept != 0 {
			w.Errorf("%d rows are kept, error %v", kept, err)
		}
		w.work(tx, "delta", `SELECT 1.5 AS d, 'x' AS name, -1 AS _w`)
		_, _, err = tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Version: 4})
		w.must(err)
	})
	w.wantChanges(3, 4, "x|1.5|-1")
	w.in(func(tx warehouse.Tx) {
		w.must(tx.Drop(w.ctx, pairs))
		_, err := tx.Refresh(w.ctx, pairsView(5, `VALUES (1, 'a')`))
		w.must(err)
		w.applyIn(tx, 6, `(1, 'a', -1)`)
		if kept, err := tx.Kept(w.ctx, pairs); err != nil || kept != 0 {
			w.Errorf("a view is tracked after it was dropped: %d rows are kept, error %v", kept, err)
		}
	})
}

// difference makes a view hold what its query returns now, by what differs.
func difference(w *world) {
	w.tracked(`VALUES (1, 'a'), (1, 'a'), (2, 'b'), (NULL, NULL), (3, 'c')`)
	view := pairsView(2, `VALUES (1, 'a'), (2, 'b'), (2, 'b'), (NULL, NULL), (4, 'd')`)
	view.Diff = true
	w.in(func(tx warehouse.Tx) {
		rows, err := tx.Refresh(w.ctx, view)
		w.must(err)
		if rows != 5 {
			w.Errorf("the view is said to hold %d rows", rows)
		}
	})
	w.want(`SELECT * FROM reports.pairs`, "1|a", "2|b", "2|b", "null|null", "4|d")
	w.wantChanges(1, 2, "1|a|-1", "3|c|-1", "2|b|1", "4|d|1")
	w.wantState(1, "1|a", "1|a", "2|b", "null|null", "3|c")

	view.Version, view.Query = 3, `SELECT * FROM (VALUES (1, 'a')) AS d(k, v) WHERE false`
	w.in(func(tx warehouse.Tx) {
		_, err := tx.Refresh(w.ctx, view)
		w.must(err)
	})
	w.want(`SELECT * FROM reports.pairs`)

	view.Columns = view.Columns[:1]
	tx := w.begin()
	_, err := tx.Refresh(w.ctx, view)
	w.wantFault(err, "reports.pairs", "other columns")
	w.must(tx.Rollback())
	view.Name.Name = "none"
	tx = w.begin()
	_, err = tx.Refresh(w.ctx, view)
	w.wantFault(err, "reports.none", "does not exist")
}

// stages are kept like views and nobody sees them, nor the columns that views keep
// for their refresh plans.
func stages(w *world) {
	stage := pairsView(1, `VALUES (1, 'a', 10)`)
	stage.Name, stage.Hidden = schema.Name{Schema: "reports", Name: "pairs#1"}, true
	stage.State = []schema.Column{{Name: "_n", Type: schema.Type{Kind: schema.BigInt}}}
	view := pairsView(1, stage.Query)
	view.State = stage.State
	for range 2 {
		w.in(func(tx warehouse.Tx) {
			for _, v := range []warehouse.View{stage, view} {
				_, err := tx.Refresh(w.ctx, v)
				w.must(err)
				w.must(tx.Track(w.ctx, v.Name))
				w.must(tx.Track(w.ctx, v.Name))
			}
		})
	}
	w.want(`SELECT * FROM reports.pairs`, "1|a")
	_, err := w.Query(w.ctx, `SELECT * FROM reports."pairs#1"`)
	w.wantFault(err, "does not exist")
	w.in(func(tx warehouse.Tx) {
		for _, n := range []schema.Name{stage.Name, view.Name} {
			w.work(tx, "delta", `SELECT * FROM (VALUES ('a', 1, 10, -1), ('a', 1, 9, 1)) AS d(v, k, _n, _w)`)
			_, _, err := tx.Apply(w.ctx, warehouse.Apply{To: n, Delta: "delta", Version: 2, Lookup: []string{"k"}})
			w.must(err)
			_, _, err = tx.Changes(w.ctx, warehouse.Changes{From: n, After: 1, To: 2, As: "d"})
			w.must(err)
			w.wantIn(tx, `SELECT * FROM "d"`, "1|a|10|-1", "1|a|9|1")
			w.must(tx.Forget(w.ctx))
		}
		w.must(tx.Drop(w.ctx, stage.Name))
	})
	w.want(`SELECT * FROM reports.pairs`, "1|a")
}

// oddColumns have names that engines or Atoll use for themselves.
func oddColumns(w *world) {
	bigint := schema.Type{Kind: schema.BigInt}
	view := pairsView(1, `VALUES (1, 2, 3, 4)`)
	view.Columns = []schema.Column{{Name: "rowid", Type: bigint}, {Name: "_batch", Type: bigint}, {Name: "_gone", Type: bigint}, {Name: `a "b"`, Type: bigint}}
	view.Sort = []string{"rowid", `a "b"`}
	w.in(func(tx warehouse.Tx) {
		_, err := tx.Refresh(w.ctx, view)
		w.must(err)
		w.must(tx.Track(w.ctx, pairs))
		w.work(tx, `a "delta"`, `SELECT * FROM (VALUES (1, 2, 3, 4, -1), (5, 6, 7, 8, 1)) AS d("rowid", "_batch", "_gone", "a ""b""", _w)`)
		_, _, err = tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: `a "delta"`, Lookup: []string{"rowid"}, Version: 2})
		w.must(err)
		_, err = tx.Rows(w.ctx, warehouse.Rowset{From: pairs, At: 1, Key: []string{"rowid", "_gone"}, Keys: `a "delta"`,
			KeyColumns: []string{"rowid", "_gone"}, Columns: []string{`a "b"`, "_batch"}, As: "found"})
		w.must(err)
		w.wantIn(tx, `SELECT * FROM "found"`, "4|2")
	})
	w.want(`SELECT * FROM reports.pairs`, "5|6|7|8")

	w.load(w.declare("format: json\ncolumns:\n  rowid: bigint\n"), w.file(1, "a.json", lines(`{"rowid":1}`)), w.file(2, "b.json", lines(`{"rowid":2}`)))
	w.in(func(tx warehouse.Tx) {
		w.must(tx.Track(w.ctx, sends))
		_, err := tx.DeleteFiles(w.ctx, sends, []int32{2}, 8)
		w.must(err)
		_, _, err = tx.Changes(w.ctx, warehouse.Changes{From: sends, Columns: []string{"rowid"}, After: 7, To: 8, As: "d"})
		w.must(err)
		w.wantIn(tx, `SELECT * FROM "d"`, "2|-1")
	})
	w.want(`SELECT * FROM smslogs.sends`, "1")
}

// rawTables have batches for versions, and files that leave.
func rawTables(w *world) {
	table := w.declare(twoColumns)
	load := func(tx warehouse.Tx, batch int64, file warehouse.LoadFile) {
		w.Helper()
		_, err := tx.Load(w.ctx, warehouse.Load{Name: sends, Table: table, Batch: batch, Files: []warehouse.LoadFile{file}})
		w.must(err)
	}
	changes := func(after, to int64, want ...string) {
		w.Helper()
		w.in(func(tx warehouse.Tx) {
			_, _, err := tx.Changes(w.ctx, warehouse.Changes{From: sends, Columns: []string{"id"}, After: after, To: to, As: "d"})
			w.must(err)
			w.wantIn(tx, `SELECT * FROM "d"`, want...)
		})
	}
	w.in(func(tx warehouse.Tx) {
		w.must(tx.CreateTable(w.ctx, sends, table, nil))
		w.must(tx.Track(w.ctx, sends))
		load(tx, 1, w.file(1, "a.json", lines(`{"id":1,"body":"one"}`, `{"id":2}`)))
	})
	w.in(func(tx warehouse.Tx) {
		load(tx, 2, w.file(2, "b.json", lines(`{"id":3}`)))
		load(tx, 2, w.file(3, "c.json", lines(`{"id":4}`)))
		gone, err := tx.DeleteFiles(w.ctx, sends, []int32{1, 3}, 2)
		w.must(err)
		if gone != 3 {
			w.Errorf("%d rows left", gone)
		}
	})
	changes(0, 1, "1|1", "2|1")
	changes(1, 2, "1|-1", "2|-1", "3|1")
	changes(0, 2, "3|1")
	w.in(func(tx warehouse.Tx) {
		w.must(tx.State(w.ctx, warehouse.State{From: sends, At: 1, As: "s"}))
		w.wantIn(tx, `SELECT * FROM "s"`, "1|one", "2|null")
		if size, err := tx.Size(w.ctx, sends); err != nil || size != 1 {
			w.Errorf("the table holds %d rows, error %v", size, err)
		}
	})
	w.in(func(tx warehouse.Tx) {
		w.must(tx.CreateTable(w.ctx, sends, table, nil))
		if kept, err := tx.Kept(w.ctx, sends); err != nil || kept != 0 {
			w.Errorf("%d rows are kept, error %v", kept, err)
		}
		load(tx, 3, w.file(4, "d.json", lines(`{"id":5}`)))
		_, err := tx.DeleteFiles(w.ctx, sends, []int32{4}, 4)
		w.must(err)
	})
	changes(3, 4, "5|-1")
}

// workingTables are gone with their transaction, however it ends.
func workingTables(w *world) {
	w.tracked(`VALUES (1, 'a')`)
	use := func() warehouse.Tx {
		w.Helper()
		tx := w.begin()
		w.work(tx, "it's", `SELECT * FROM reports.pairs`)
		w.must(tx.View(w.ctx, "seen", `SELECT k + 1 AS n FROM "it's"`, false))
		w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: warehouse.Latest, As: "state"}))
		w.wantIn(tx, `SELECT n, k FROM "seen", "state"`, "2|1")
		return tx
	}
	w.must(use().Rollback())
	w.must(use().Commit(w.ctx))
	tx := use()
	w.must(tx.Forget(w.ctx))
	w.must(tx.Forget(w.ctx))
	w.work(tx, "it's", `SELECT 1 AS x`)
	_, err := tx.Work(w.ctx, "It's", `SELECT 1 AS x`)
	w.wantFault(err, `"It's"`, "exists already")
	w.wantFault(tx.Commit(w.ctx), `"It's"`)

	tx = use()
	_, err = tx.Work(w.ctx, "bad", `SELECT CAST(v AS BIGINT) AS n FROM "it's"`)
	w.wantFault(err, `"bad"`, `"a"`)
	if code := fault.CodeOf(err); code != fault.Data {
		w.Errorf("code %q", code)
	}
	w.wantFault(tx.Forget(w.ctx), `"a"`)
	w.wantFault(tx.Track(w.ctx, pairs), `"a"`)
	w.wantFault(tx.Commit(w.ctx), `"a"`)
	w.must(use().Commit(w.ctx))
}

// cancelledWork ends the transaction's usefulness, as any error does.
func cancelledWork(w *world) {
	w.tracked(`VALUES (1, 'a')`)
	for name, do := range map[string]func(ctx context.Context, tx warehouse.Tx) error{
		"Work": func(ctx context.Context, tx warehouse.Tx) error {
			_, err := tx.Work(ctx, "x", `SELECT 1 AS n`)
			return err
		},
		"Changes": func(ctx context.Context, tx warehouse.Tx) error {
			_, _, err := tx.Changes(ctx, warehouse.Changes{From: pairs, To: 1, As: "x"})
			return err
		},
		"Prune": func(ctx context.Context, tx warehouse.Tx) error { return tx.Prune(ctx, pairs, 1) },
	} {
		tx := w.begin()
		cancelled, cancel := context.WithCancel(w.ctx)
		cancel()
		if err := do(cancelled, tx); !errors.Is(err, context.Canceled) {
			w.Errorf("%s: error %v", name, err)
		}
		if err := tx.Commit(w.ctx); !errors.Is(err, context.Canceled) {
			w.Errorf("%s: committed, error %v", name, err)
		}
	}
}

// unknownRelations are faults of every method.
func unknownRelations(w *world) {
	none := schema.Name{Schema: "reports", Name: "none"}
	for name, do := range map[string]func(tx warehouse.Tx) error{
		"Track": func(tx warehouse.Tx) error { return tx.Track(w.ctx, none) },
		"Prune": func(tx warehouse.Tx) error { return tx.Prune(w.ctx, none, 1) },
		"Kept":  func(tx warehouse.Tx) error { _, err := tx.Kept(w.ctx, none); return err },
		"Size":  func(tx warehouse.Tx) error { _, err := tx.Size(w.ctx, none); return err },
		"Changes": func(tx warehouse.Tx) error {
			_, _, err := tx.Changes(w.ctx, warehouse.Changes{From: none, As: "x"})
			return err
		},
		"State": func(tx warehouse.Tx) error { return tx.State(w.ctx, warehouse.State{From: none, As: "x"}) },
		"Rows": func(tx warehouse.Tx) error {
			_, err := tx.Rows(w.ctx, warehouse.Rowset{From: none, As: "x"})
			return err
		},
		"Apply": func(tx warehouse.Tx) error { _, _, err := tx.Apply(w.ctx, warehouse.Apply{To: none}); return err },
		"Overwrite": func(tx warehouse.Tx) error {
			_, _, err := tx.Overwrite(w.ctx, warehouse.Overwrite{To: none})
			return err
		},
		"DeleteFiles": func(tx warehouse.Tx) error { _, err := tx.DeleteFiles(w.ctx, none, []int32{1}, 1); return err },
	} {
		tx := w.begin()
		err := do(tx)
		if fault.CodeOf(err) != fault.Name || tx.Commit(w.ctx) == nil {
			w.Errorf("%s: error %v", name, err)
		}
		w.wantFault(err, "reports.none")
	}
}
