package warehousetest

import (
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/warehouse"
)

// wantThere asks which of the keys 1 to 9 and NULL pairs has at a version.
func (w *world) wantThere(tx warehouse.Tx, at int64, want ...string) {
	w.Helper()
	w.work(tx, "keys", "SELECT range AS k FROM range(1, 10) UNION ALL SELECT 1 UNION ALL SELECT NULL")
	_, err := tx.Rows(w.ctx, warehouse.Rowset{From: pairs, Columns: []string{"k"}, At: at, Key: []string{"k"}, Keys: "keys", KeyColumns: []string{"k"}, Once: true, As: "there"})
	w.must(err)
	rows, err := tx.SQL().Query(w.ctx, `SELECT DISTINCT k FROM "there" ORDER BY k`)
	w.must(err)
	if got := w.print(rows); !slices.Equal(got, want) {
		w.Errorf("at version %d: the keys %s are there, want %s", at, strings.Join(got, ", "), strings.Join(want, ", "))
	}
	w.must(tx.Forget(w.ctx))
}

// existenceAgain asks again and again which keys there are, of rows that come and
// leave between the questions: what was found before must not be told in their place.
func existenceAgain(w *world) {
	there := func(at int64, want ...string) {
		w.Helper()
		w.in(func(tx warehouse.Tx) { w.wantThere(tx, at, want...) })
	}
	w.in(func(tx warehouse.Tx) {
		_, err := tx.Refresh(w.ctx, pairsView(1, `VALUES (1, 'a'), (1, 'b'), (2, 'c'), (NULL, 'd'), (12, 'e')`))
		w.must(err)
		for range 3 {
			w.wantThere(tx, warehouse.Latest, "1", "2")
		}
	})
	there(warehouse.Latest, "1", "2")
	w.in(func(tx warehouse.Tx) {
		w.applyIn(tx, 2, `(3, 'f', 2), (1, 'g', 1), (NULL, 'h', 1)`)
		w.wantThere(tx, 1, "1", "2")
		w.wantThere(tx, 2, "1", "2", "3")
		w.wantThere(tx, 1, "1", "2")
		w.applyIn(tx, 2, `(4, 'i', 1)`)
		w.wantThere(tx, warehouse.Latest, "1", "2", "3", "4")
	})
	there(1, "1", "2")
	there(warehouse.Latest, "1", "2", "3", "4")

	tx := w.begin()
	w.applyIn(tx, 3, `(5, 'j', 1)`)
	w.wantThere(tx, warehouse.Latest, "1", "2", "3", "4", "5")
	w.must(tx.Rollback())
	for range 3 {
		there(warehouse.Latest, "1", "2", "3", "4")
	}

	w.in(func(tx warehouse.Tx) {
		w.applyIn(tx, 3, `(1, 'a', -1), (2, 'c', -1), (6, 'k', 1)`)
		for range 3 {
			w.wantThere(tx, warehouse.Latest, "1", "3", "4", "6")
		}
	})
	w.in(func(tx warehouse.Tx) {
		w.wantThere(tx, warehouse.Latest, "1", "3", "4", "6")
		w.overwritten(tx, 4, "(6)", `VALUES (7, 'l')`)
		w.must(tx.Forget(w.ctx))
		for range 3 {
			w.wantThere(tx, warehouse.Latest, "1", "3", "4", "7")
		}
	})
	w.in(func(tx warehouse.Tx) {
		_, err := tx.Refresh(w.ctx, pairsView(5, `VALUES (8, 'm')`))
		w.must(err)
		w.wantThere(tx, warehouse.Latest, "8")
	})
	for range 3 {
		there(warehouse.Latest, "8")
	}
	w.in(func(tx warehouse.Tx) {
		w.must(tx.Track(w.ctx, pairs))
		w.applyIn(tx, 6, `(8, 'm', -1), (9, 'n', 1)`)
		for range 3 {
			w.wantThere(tx, 5, "8")
			w.wantThere(tx, 6, "9")
		}
	})
}
