package warehousetest

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// takenAmong: rows that were found with their places are taken away without
// another lookup, one for each that leaves, and what was not found is not there.
func takenAmong(w *world) {
	w.tracked(`VALUES (1, 'a'), (1, 'a'), (NULL, 'b'), (2, 'c')`)
	w.in(func(tx warehouse.Tx) {
		w.work(tx, "keys", `SELECT * FROM (VALUES (1), (NULL)) AS d(k)`)
		_, err := tx.Rows(w.ctx, warehouse.Rowset{From: pairs, At: warehouse.Latest, Key: []string{"k"}, Keys: "keys", KeyColumns: []string{"k"},
			Nulls: true, Places: true, As: "found"})
		w.must(err)
		w.wantIn(tx, `SELECT k, v, `+warehouse.VersionColumn+` FROM temp."found"`, "1|a|1", "1|a|1", "null|b|1")
		w.work(tx, "delta", `SELECT * FROM (VALUES (1, 'a', -1), (NULL, 'b', -1), (3, 'd', 1)) AS d(k, v, _w)`)
		came, left, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Among: "found", Version: 2})
		w.must(err)
		if came != 1 || left != 2 {
			w.Errorf("%d rows came and %d left", came, left)
		}
	})
	w.want(`SELECT * FROM reports.pairs`, "1|a", "2|c", "3|d")
	w.wantChanges(1, 2, "1|a|-1", "null|b|-1", "3|d|1")

	tx := w.begin()
	defer tx.Rollback()
	w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: warehouse.Latest, Places: true, As: "all"}))
	w.work(tx, "none", `SELECT * FROM temp."all" WHERE false`)
	w.work(tx, "delta", `SELECT * FROM (VALUES (2, 'c', -1)) AS d(k, v, _w)`)
	_, _, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "delta", Among: "none", Version: 3})
	w.wantFault(err, "holds 0 of them")
}

// pendingChanges are counted by version, those that left with those that came.
func pendingChanges(w *world) {
	w.tracked(`VALUES (1, 'a'), (2, 'b')`)
	w.apply(2, "(1, 'a', -1), (3, 'c', 1)")
	w.apply(3, "(4, 'd', 1)")
	w.in(func(tx warehouse.Tx) {
		for after, want := range []int64{4, 3, 1, 0} {
			n, err := tx.Pending(w.ctx, pairs, int64(after))
			w.must(err)
			if n != want {
				w.Errorf("after version %d: %d rows, want %d", after, n, want)
			}
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
