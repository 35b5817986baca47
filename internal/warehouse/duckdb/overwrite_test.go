package duckdb

import (
	"fmt"
	"slices"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// TestTheNewestLeaves: of equal rows the newest leaves, wherever it lies: a table that was
// written anew has its rows in another order than they came in.
func TestTheNewestLeaves(t *testing.T) {
	view := warehouse.View{Name: spots, Version: 1, Columns: []schema.Column{{Name: "k", Type: schema.Type{Kind: schema.BigInt}}}, Query: "SELECT 0"}
	for places, kept := range map[string][]int64{"(5), (1)": {1}, "(1), (5)": {1}, "(3), (5), (1)": {1, 3}, "(5), (3), (1), (4)": {1, 3, 4}} {
		withView(t, view, func(tx *tx) {
			r, err := tx.relation(t.Context(), "testing", spots)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.exec(t.Context(), "testing", fmt.Sprintf("INSERT INTO %s SELECT 7, v FROM (VALUES %s) AS t(v)", r.table, places)); err != nil {
				t.Fatal(err)
			}
			if err := tx.State(t.Context(), warehouse.State{From: spots, At: warehouse.Latest, Places: true, As: "old"}); err != nil {
				t.Fatal(err)
			}
			_, left, err := tx.Overwrite(t.Context(), warehouse.Overwrite{To: spots, Old: "old", Version: 9, As: "made",
				New: fmt.Sprintf("SELECT CASE WHEN range = 0 THEN 0 ELSE 7 END FROM range(%d)", len(kept)+1)})
			if err != nil || left != 1 {
				t.Fatalf("%d rows left, error %v", left, err)
			}
			var stayed []int64
			var version int64
			if err := tx.scan(t.Context(), "testing", "SELECT _batch FROM "+r.table+" WHERE k = 7 ORDER BY 1", []any{&version}, func() { stayed = append(stayed, version) }); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(stayed, kept) {
				t.Errorf("of versions %s those stayed that came at %d, want %d", places, stayed, kept)
			}
			if err := tx.State(t.Context(), warehouse.State{From: spots, At: 5, As: "before"}); err != nil {
				t.Fatal(err)
			}
			if n, err := tx.number(t.Context(), "testing", tx.with(`SELECT count(*) FROM "before" WHERE k = 7`)); err != nil || n != int64(len(kept))+1 {
				t.Errorf("of versions %s, %d rows were there at 5, error %v", places, n, err)
			}
		})
	}
}
