package warehousetest

import (
	"fmt"
	"slices"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// overwrite makes the rows of pairs that have one of some keys those of a query, and
// compares what changed by that with signed rows.
func (w *world) overwrite(tx warehouse.Tx, version int64, keys, made string, want ...string) {
	w.Helper()
	if got, n := w.overwritten(tx, version, keys, made), signsOf(want); got != n {
		w.Errorf("said of what came and left: %v, want %v", got, n)
	}
	w.wantIn(tx, `SELECT k, v, _w FROM "done"`, want...)
	gone := ` FROM "done" WHERE _w < 0`
	w.wantIn(tx, `SELECT count(*) FROM (SELECT _place, _batch, k, v`+gone+` EXCEPT ALL SELECT _place, _batch, k, v FROM "found")`, "0")
	w.wantIn(tx, `SELECT count(*) FROM "done" WHERE _place IS NULL AND _w < 0`, "0")
}

// overwritten makes the rows of pairs that have one of some keys, NULL included, those
// of a query. The working table "done" has what changed by that.
func (w *world) overwritten(tx warehouse.Tx, version int64, keys, made string) (n signs) {
	w.Helper()
	w.must(tx.Forget(w.ctx))
	w.work(tx, "keys", "SELECT * FROM (VALUES "+keys+") AS d(k)")
	_, err := tx.Rows(w.ctx, warehouse.Rowset{From: pairs, At: warehouse.Latest, Key: []string{"k"}, Keys: "keys", KeyColumns: []string{"k"},
		Nulls: true, Places: true, As: "found"})
	w.must(err)
	n.came, n.left, err = tx.Overwrite(w.ctx, warehouse.Overwrite{To: pairs, Old: "found", New: made, Version: version, As: "done"})
	w.must(err)
	return n
}

// overwriting compares rows as bags: those that are found and made stay, with the
// versions that they have.
func overwriting(w *world) {
	const rows = `VALUES (1, 'a'), (1, 'a'), (1, 'a'), (NULL, 'b'), (NULL, NULL), (2, 'c')`
	const none = `SELECT * FROM (VALUES (1, 'a')) AS d(k, v) WHERE false`
	for _, test := range []struct {
		name, keys, made string
		changes          []string
	}{
		{"duplicates leave", "(1)", `VALUES (1, 'a')`, []string{"1|a|-1", "1|a|-1"}},
		{"duplicates come", "(1)", `SELECT 1, 'a' FROM range(5)`, []string{"1|a|1", "1|a|1"}},
		{"some come and some leave", "(1), (2)", `VALUES (1, 'a'), (1, 'x'), (1, 'x'), (2, 'c')`, []string{"1|a|-1", "1|a|-1", "1|x|1", "1|x|1"}},
		{"NULL is a value", "(NULL)", `VALUES (NULL, NULL), (NULL, NULL), (NULL, '')`, []string{"null|b|-1", "null|null|1", "null||1"}},
		{"nothing differs", "(1), (2), (NULL)", rows, nil},
		{"nothing is found", "(9)", `VALUES (9, 'z'), (9, 'z')`, []string{"9|z|1", "9|z|1"}},
		{"nothing is made", "(1), (NULL)", none, []string{"1|a|-1", "1|a|-1", "1|a|-1", "null|b|-1", "null|null|-1"}},
		{"nothing is found, nor made", "(9)", none, nil},
		{"values are of the columns' types", "(2)", `VALUES (CAST(2 AS SMALLINT), 'c'), (3.0, 'd')`, []string{"3|d|1"}},
	} {
		w.tracked(rows)
		w.in(func(tx warehouse.Tx) {
			w.overwrite(tx, 2, test.keys, test.made, test.changes...)
			size, err := tx.Size(w.ctx, pairs)
			w.must(err)
			if n := signsOf(test.changes); size != 6+n.came-n.left {
				w.Errorf("%s: the view is said to hold %d rows", test.name, size)
			}
		})
		w.wantChanges(1, 2, test.changes...)
		w.wantState(1, "1|a", "1|a", "1|a", "null|b", "null|null", "2|c")
		w.in(func(tx warehouse.Tx) { w.must(tx.Drop(w.ctx, pairs)) })
	}
}

// overwritingAgain: what came at a version leaves no trace when it leaves at the
// same one, and of equal rows it is the newest that leaves.
func overwritingAgain(w *world) {
	w.tracked(`VALUES (1, 'a'), (1, 'b'), (2, 'c')`)
	w.in(func(tx warehouse.Tx) {
		w.overwrite(tx, 2, "(1)", `VALUES (1, 'a'), (1, 'a'), (1, 'x')`, "1|b|-1", "1|a|1", "1|x|1")
		w.overwrite(tx, 2, "(1)", `VALUES (1, 'a'), (1, 'y')`, "1|a|-1", "1|x|-1", "1|y|1")
		w.must(tx.Forget(w.ctx))
		w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: warehouse.Latest, Places: true, As: "found"}))
		w.wantIn(tx, `SELECT k, v, `+warehouse.VersionColumn+` FROM "found"`, "1|a|1", "1|y|2", "2|c|1")
		_, _, err := tx.Overwrite(w.ctx, warehouse.Overwrite{To: pairs, Old: "found", New: `VALUES (1, 'a'), (3, 'd')`, Version: 2, As: "done"})
		w.must(err)
		w.wantIn(tx, `SELECT k, v, _w FROM "done"`, "1|y|-1", "2|c|-1", "3|d|1")
		w.applyIn(tx, 2, `(3, 'd', -1), (4, 'e', 1)`)
		w.overwrite(tx, 2, "(4)", `VALUES (4, 'f')`, "4|e|-1", "4|f|1")
		if kept, err := tx.Kept(w.ctx, pairs); err != nil || kept != 2 {
			w.Errorf("%d rows are kept, error %v", kept, err)
		}
	})
	w.want(`SELECT * FROM reports.pairs`, "1|a", "4|f")
	w.wantChanges(1, 2, "1|b|-1", "2|c|-1", "4|f|1")
	w.in(func(tx warehouse.Tx) { w.overwrite(tx, 3, "(1), (4)", `VALUES (1, 'a')`, "4|f|-1") })
	w.wantChanges(2, 3, "4|f|-1")
	w.wantState(1, "1|a", "1|b", "2|c")
}

// overwritingRead asks in the transaction for what left, in each way that there is, the
// working view of an earlier state made before and after, and then not at all.
func overwritingRead(w *world) {
	change := func(tx warehouse.Tx) { w.overwrite(tx, 2, "(1)", `VALUES (1, 'x')`, "1|a|-1", "1|x|1") }
	at := func(as string) warehouse.State { return warehouse.State{From: pairs, At: 1, As: as} }
	for what, ask := range map[string]func(tx warehouse.Tx){
		"state": func(tx warehouse.Tx) {
			change(tx)
			w.must(tx.State(w.ctx, at("before")))
			w.wantIn(tx, `SELECT k, v FROM "before"`, "1|a", "2|b")
		},
		"state made before": func(tx warehouse.Tx) {
			w.must(tx.State(w.ctx, at("before")))
			w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: warehouse.Latest, Places: true, As: "all"}))
			_, _, err := tx.Overwrite(w.ctx, warehouse.Overwrite{To: pairs, Old: "all", New: `VALUES (1, 'x'), (2, 'b')`, Version: 2, As: "done"})
			w.must(err)
			w.wantIn(tx, `SELECT k, v FROM "before"`, "1|a", "2|b")
		},
		"changes": func(tx warehouse.Tx) {
			change(tx)
			_, _, err := tx.Changes(w.ctx, warehouse.Changes{From: pairs, After: 1, To: 2, As: "changes"})
			w.must(err)
			w.wantIn(tx, `SELECT k, v, _w FROM "changes"`, "1|a|-1", "1|x|1")
		},
		"rows": func(tx warehouse.Tx) {
			change(tx)
			_, err := tx.Rows(w.ctx, warehouse.Rowset{From: pairs, At: 1, Key: []string{"k"}, Keys: "keys", KeyColumns: []string{"k"}, As: "rows"})
			w.must(err)
			w.wantIn(tx, `SELECT k, v FROM "rows"`, "1|a")
		},
		"pending": func(tx warehouse.Tx) {
			change(tx)
			if rows, err := tx.Pending(w.ctx, warehouse.Backlog{Of: pairs, After: 1}); err != nil || rows[0] != 2 {
				w.Errorf("%v rows are pending, error %v", rows, err)
			}
		},
		"nothing": change,
	} {
		w.tracked(`VALUES (1, 'a'), (2, 'b')`)
		w.in(ask)
		w.wantState(1, "1|a", "2|b")
		w.wantChanges(1, 2, "1|a|-1", "1|x|1")
		w.in(func(tx warehouse.Tx) {
			if kept, err := tx.Kept(w.ctx, pairs); err != nil || kept != 1 {
				w.Errorf("%s: %d rows are kept, error %v", what, kept, err)
			}
			w.must(tx.Drop(w.ctx, pairs))
		})
	}
	w.tracked(`VALUES (1, 'a'), (2, 'b')`)
	w.in(func(tx warehouse.Tx) {
		change(tx)
		w.must(tx.Prune(w.ctx, pairs, 2))
	})
	w.in(func(tx warehouse.Tx) {
		if kept, err := tx.Kept(w.ctx, pairs); err != nil || kept != 0 {
			w.Errorf("%d rows are kept that were forgotten, error %v", kept, err)
		}
	})
}

func overwritingUntracked(w *world) {
	w.in(func(tx warehouse.Tx) {
		_, err := tx.Refresh(w.ctx, pairsView(1, `VALUES (1, 'a'), (2, 'b')`))
		w.must(err)
		w.overwrite(tx, 2, "(1)", `VALUES (1, 'b')`, "1|a|-1", "1|b|1")
		if kept, err := tx.Kept(w.ctx, pairs); err != nil || kept != 0 {
			w.Errorf("%d rows are kept, error %v", kept, err)
		}
	})
	w.want(`SELECT * FROM reports.pairs`, "1|b", "2|b")
}

// overwritingTypes overwrites a value of each type with itself, NULL and another.
func overwritingTypes(w *world) {
	for _, c := range deltaTypes {
		view := pairsView(1, fmt.Sprintf("SELECT %s, 'x' UNION ALL SELECT %[1]s, 'y' UNION ALL SELECT NULL, 'x'", c.first))
		view.Columns = []schema.Column{{Name: "c", Type: c.kind}, {Name: "v", Type: schema.Type{Kind: schema.Varchar}}}
		w.in(func(tx warehouse.Tx) {
			_, err := tx.Refresh(w.ctx, view)
			w.must(err)
			w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: warehouse.Latest, Places: true, As: "found"}))
			came, left, err := tx.Overwrite(w.ctx, warehouse.Overwrite{To: pairs, Old: "found", Version: 2, As: "done",
				New: fmt.Sprintf("SELECT %s, 'x' UNION ALL SELECT %s, 'y' UNION ALL SELECT NULL, 'x'", c.first, c.other)})
			w.must(err)
			if came != 1 || left != 1 {
				w.Errorf("%s: %d came and %d left", c.kind, came, left)
			}
			w.wantIn(tx, `SELECT v, _w FROM "done"`, "y|-1", "y|1")
			w.must(tx.Drop(w.ctx, pairs))
		})
	}
}

// overwritingUnique: rows that are there once need no more than a comparison, and a
// row that is there twice all the same is a fault.
func overwritingUnique(w *world) {
	once := func(tx warehouse.Tx, made string) (came, left int64, err error) {
		w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: warehouse.Latest, Places: true, As: "found"}))
		return tx.Overwrite(w.ctx, warehouse.Overwrite{To: pairs, Old: "found", New: made, Unique: true, Version: 2, As: "done"})
	}
	w.tracked(`VALUES (1, 'a'), (2, NULL), (NULL, 'c'), (4, 'd')`)
	w.in(func(tx warehouse.Tx) {
		came, left, err := once(tx, `VALUES (1, 'a'), (2, 'b'), (NULL, 'c'), (5, NULL)`)
		w.must(err)
		if came != 2 || left != 2 {
			w.Errorf("%d came and %d left, want 2 and 2", came, left)
		}
		w.wantIn(tx, `SELECT k, v, _w FROM "done"`, "2|null|-1", "2|b|1", "4|d|-1", "5|null|1")
		w.wantIn(tx, `SELECT count(*) FROM "done" WHERE _w < 0 AND _batch = 1 AND _place IS NOT NULL`, "2")
	})
	w.want(`SELECT * FROM reports.pairs`, "1|a", "2|b", "null|c", "5|null")
	w.wantState(1, "1|a", "2|null", "null|c", "4|d")
	tx := w.begin()
	defer tx.Rollback()
	_, _, err := once(tx, `VALUES (7, 'x'), (7, 'x')`)
	w.wantFault(err, "reports.pairs", "5 rows are to come or leave, and 4 did")
}

// overwritingGone: rows that were found, and have left since, are not overwritten.
func overwritingGone(w *world) {
	w.tracked(`VALUES (1, 'a'), (1, 'a'), (2, 'b')`)
	tx := w.begin()
	w.work(tx, "delta", `SELECT * FROM (VALUES (1, 'a', -1)) AS d(k, v, _w)`)
	w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: warehouse.Latest, Places: true, As: "all"}))
	w.work(tx, "found", `SELECT * FROM "all" WHERE k = 1`)
	_, _, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Version: 2})
	w.must(err)
	_, _, err = tx.Overwrite(w.ctx, warehouse.Overwrite{To: pairs, Old: "found", New: `VALUES (1, 'b')`, Version: 2, As: "done"})
	w.wantFault(err, "reports.pairs", "3 rows are to come or leave, and 2 did")
	if code := fault.CodeOf(err); code != fault.Internal {
		w.Errorf("code %q", code)
	}
	w.wantFault(tx.Commit(w.ctx), "reports.pairs")
	w.want(`SELECT * FROM reports.pairs`, "1|a", "1|a", "2|b")
}

// pendingChanges are counted by version, those that left with those that came.
func pendingChanges(w *world) {
	w.tracked(`VALUES (1, 'a'), (2, 'b')`)
	w.apply(2, "(1, 'a', -1), (3, 'c', 1)")
	w.apply(3, "(4, 'd', 1)")
	w.in(func(tx warehouse.Tx) {
		var asked []warehouse.Backlog
		for after := range 4 {
			asked = append(asked, warehouse.Backlog{Of: pairs, After: int64(after)})
		}
		asked = append(asked, warehouse.Backlog{Of: pairs, After: warehouse.Latest})
		n, err := tx.Pending(w.ctx, asked...)
		w.must(err)
		if want := []int64{4, 3, 1, 0, 0}; !slices.Equal(n, want) {
			w.Errorf("%d rows after the versions 0 to 3 and the latest, want %d", n, want)
		}
		n, err = tx.Pending(w.ctx)
		w.must(err)
		if len(n) > 0 {
			w.Errorf("%d rows of no relation", n)
		}
	})
}

// droppedStages leave the view, and views whose names begin alike.
func droppedStages(w *world) {
	stage, other := pairsView(1, `VALUES (1, 'a')`), pairsView(1, `VALUES (1, 'a')`)
	stage.Name, stage.Hidden = schema.Name{Schema: "reports", Name: "pairs#1"}, true
	other.Name = schema.Name{Schema: "reports", Name: "pairs2"}
	w.tracked(`VALUES (1, 'a')`)
	w.in(func(tx warehouse.Tx) {
		for _, v := range []warehouse.View{stage, other} {
			_, err := tx.Refresh(w.ctx, v)
			w.must(err)
		}
		w.must(tx.Track(w.ctx, stage.Name))
		w.must(tx.DropStages(w.ctx, pairs))
	})
	w.want(`SELECT * FROM reports.pairs UNION ALL SELECT * FROM reports.pairs2`, "1|a", "1|a")
	tx := w.begin()
	defer tx.Rollback()
	_, err := tx.Size(w.ctx, stage.Name)
	w.wantFault(err, "does not exist")
}
