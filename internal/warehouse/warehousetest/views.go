package warehousetest

import "github.com/atolldata/atoll/internal/warehouse"

// workingViews may stand wherever a working table may, name each other, and show what
// their tables hold when they are read.
func workingViews(w *world) {
	for _, small := range []bool{false, true} {
		w.tracked(`VALUES (1, 'a'), (2, 'b'), (3, 'c')`)
		w.in(func(tx warehouse.Tx) {
			view := func(as, query string) { w.must(tx.View(w.ctx, as, query, small)) }
			w.work(tx, "two", `SELECT 2 AS n`)
			view(`the "keys"`, `SELECT n FROM "two"`)
			view("keys", `SELECT n AS k, 'x' AS v FROM "the ""keys"""`)
			view("twice", `SELECT a.k FROM "keys" AS a, "keys" AS b`)
			w.work(tx, "read", `WITH own AS (SELECT k FROM "twice") SELECT k FROM own UNION ALL SELECT k + 1 FROM own ORDER BY k`)
			w.wantIn(tx, `SELECT * FROM "read" ORDER BY 1`, "2", "3")
			view("pair", `SELECT n FROM "two" UNION ALL SELECT n FROM "two"`)
			w.wantIn(tx, `SELECT count(*) FROM "pair" AS a, "pair" AS b`, "4")

			found := warehouse.Rowset{From: pairs, At: warehouse.Latest, Key: []string{"k"}, Keys: "keys", KeyColumns: []string{"k"}, Places: true, As: "found"}
			_, err := tx.Rows(w.ctx, found)
			w.must(err)
			view("old", `SELECT * FROM "found"`)
			_, _, err = tx.Overwrite(w.ctx, warehouse.Overwrite{To: pairs, Old: "old", New: `SELECT k, v || k FROM "keys"`, Version: 2, As: "done"})
			w.must(err)
			w.wantIn(tx, `SELECT k, v, _w FROM "done"`, "2|b|-1", "2|x2|1")

			w.must(tx.State(w.ctx, warehouse.State{From: pairs, At: warehouse.Latest, Columns: []string{"k", "v"}, Small: small, As: "now"}))
			view("gone", `SELECT k, v, -1 AS _w FROM "now" WHERE k < 3`)
			came, left, err := tx.Apply(w.ctx, warehouse.Apply{To: pairs, Delta: "gone", Lookup: []string{"k"}, Version: 2})
			w.must(err)
			if came != 0 || left != 2 {
				w.Errorf("%d rows came and %d left", came, left)
			}
			w.wantIn(tx, `SELECT k, v FROM "now"`, "3|c")
			_, err = tx.Refresh(w.ctx, pairsView(3, `SELECT k + 1 AS k, v FROM "now"`))
			w.must(err)
			w.must(tx.Forget(w.ctx, "two"))
			view("keys", `SELECT n FROM "two"`)
			w.wantIn(tx, `SELECT * FROM "keys"`, "2")
		})
		w.want(`SELECT k, v FROM reports.pairs`, "4|c")
	}
	tx := w.begin()
	w.must(tx.View(w.ctx, "keys", `SELECT 1 AS k`, true))
	w.wantFault(tx.View(w.ctx, "Keys", `SELECT 2 AS k`, true), `"Keys"`, "exists already")
	w.must(tx.Rollback())
	tx = w.begin()
	w.must(tx.View(w.ctx, "bad", `SELECT nothing FROM reports.pairs`, true))
	_, err := tx.Work(w.ctx, "read", `SELECT * FROM "bad"`)
	w.wantFault(err, `"read"`, "nothing")
	w.must(tx.Rollback())
}
