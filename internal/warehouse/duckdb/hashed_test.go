package duckdb

import (
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

const coins = 600_000

// withCoins does something with a view of so many rows, which are looked up by a text
// that comes in no order, and a number. Some of the texts are NULL, and some are there
// twice.
func withCoins(t *testing.T, do func(tx *tx)) {
	t.Helper()
	withView(t, warehouse.View{Name: spots, Version: 1, Key: []string{"_id", "bot"},
		Columns: []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}, {Name: "_id", Type: schema.Type{Kind: schema.Varchar}},
			{Name: "bot", Type: schema.Type{Kind: schema.Integer}}},
		Query: fmt.Sprintf("SELECT n, CASE WHEN n %% 1000 <> 8 THEN md5(CAST(n // 10 * 10 + n %% 10 // 2 AS VARCHAR)) END, n // 6 %% 7 FROM range(%d) AS r(n)", coins)}, do)
}

// findCoins looks rows up, see findSpots, and reports whether they were found by hashes.
func findCoins(t *testing.T, tx *tx, what, keys string, nulls bool, by ...string) (byHash bool) {
	t.Helper()
	return strings.Contains(findSpots(t, tx, what, keys, by, nulls), hashMark)
}

// TestHashed: a few texts are found by their hashes, also those that came by a change;
// many are not, nor what has the hashes of an engine that computes others.
func TestHashed(t *testing.T) {
	const some = "SELECT _id, bot FROM reports.spots WHERE n % 900 = 7 UNION ALL SELECT 'none of them', 1 UNION ALL SELECT NULL, 3"
	const many = "SELECT _id, bot FROM reports.spots WHERE n % 10 = 7"
	withCoins(t, func(tx *tx) {
		for _, nulls := range []bool{false, true} {
			if !findCoins(t, tx, "few keys", some, nulls, "_id", "bot") || !findCoins(t, tx, "few keys in another order", some, nulls, "bot", "_id") {
				t.Error("few keys are not found by hashes")
			}
			if findCoins(t, tx, "many keys", many, nulls, "_id", "bot") || findCoins(t, tx, "part of a key", some, nulls, "_id") {
				t.Error("many keys, or parts of keys, are found by hashes")
			}
		}
		if _, err := tx.Work(t.Context(), "delta", "SELECT n + 1000000 AS n, 'new ' || n AS _id, 2 AS bot, 1 AS "+warehouse.Weight+" FROM range(5) AS r(n)"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := tx.Apply(t.Context(), warehouse.Apply{To: spots, Delta: "delta", Version: 2}); err != nil {
			t.Fatal(err)
		}
		if !findCoins(t, tx, "keys that came", "SELECT 'new ' || range AS _id, CAST(2 AS INTEGER) AS bot FROM range(3, 9)", false, "_id", "bot") {
			t.Error("keys that came are not found by hashes")
		}
	})
	withCoins(t, func(tx *tx) {
		own := tx.w.hashMaker
		as := func(maker string) {
			tx.w.hashMaker = maker
			if err := tx.changed(t.Context(), "testing", spots); err != nil {
				t.Fatal(err)
			}
		}
		as("of another engine")
		if findCoins(t, tx, "foreign hashes", some, true, "_id", "bot") {
			t.Error("the hashes of another engine are used")
		}
		if _, err := tx.Work(t.Context(), "delta", "SELECT 1000000 AS n, 'new' AS _id, 4 AS bot, 1 AS "+warehouse.Weight); err != nil {
			t.Fatal(err)
		}
		if _, _, err := tx.Apply(t.Context(), warehouse.Apply{To: spots, Delta: "delta", Version: 2}); err != nil {
			t.Fatal(err)
		}
		as(own)
		findCoins(t, tx, "a key that came meanwhile", "SELECT 'new' AS _id, 4 AS bot", false, "_id", "bot")
	})
}
