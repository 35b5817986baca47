package duckdb

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

// scanned runs a query and returns how many rows of tables it read, by the
// engine's profile.
func (t *tx) scanned(ctx context.Context, query string) (rows int64, err error) {
	var kind, text string
	if err := t.w.writer.QueryRowContext(ctx, "EXPLAIN (ANALYZE, FORMAT JSON) "+query).Scan(&kind, &text); err != nil {
		return 0, err
	}
	var profile struct {
		Rows int64 `json:"cumulative_rows_scanned"`
	}
	err = json.Unmarshal([]byte(text), &profile)
	return profile.Rows, err
}

const scanRows = 50 * groupRows

var numbers = schema.Name{Schema: "reports", Name: "numbers"}

// withNumbers does something with a tracked view of scanRows rows: n in order, late
// in order but for one row in a hundred, which is late by up to a tenth of all,
// spread in none, and part of it in order, and NULL elsewhere.
func withNumbers(t *testing.T, do func(tx *tx)) {
	t.Helper()
	bigint := schema.Type{Kind: schema.BigInt}
	withView(t, warehouse.View{Name: numbers, Version: 1,
		Columns: []schema.Column{{Name: "n", Type: bigint}, {Name: "late", Type: bigint}, {Name: "spread", Type: bigint}, {Name: "part", Type: bigint},
			{Name: "rare", Type: bigint}},
		Query: fmt.Sprintf(`SELECT n, CASE WHEN n %% 100 = 7 THEN greatest(0, n - CAST(hash(n) %% %[1]d AS BIGINT)) ELSE n END, CAST(hash(n) %% 1000000000000 AS BIGINT),
			CASE WHEN n > 1000 THEN n END, CASE WHEN n %% 20000 = 7 THEN greatest(0, n - %[1]d) ELSE n END FROM range(%[2]d) AS r(n)`, scanRows/10, scanRows)}, do)
}

// withView does something with a tracked view in a transaction after the one that
// built it, as sampling and ranges know what was committed.
func withView(t *testing.T, v warehouse.View, do func(tx *tx)) {
	t.Helper()
	w, err := Open(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	committed(t, w, func(tx *tx) error {
		_, err := tx.Refresh(t.Context(), v)
		return errors.Join(err, tx.Track(t.Context(), v.Name))
	})
	begun, err := w.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer begun.Rollback()
	do(asTx(begun))
}

// committed does something in a transaction that is committed.
func committed(t *testing.T, w *Warehouse, do func(tx *tx) error) {
	t.Helper()
	begun, err := w.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer begun.Rollback()
	if err := errors.Join(do(asTx(begun)), begun.Commit(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// asTx is a transaction of this engine.
func asTx(begun warehouse.Tx) *tx { return begun.(*tx) }

// bound checks how many rows were read, beside those of working tables.
func bound(t *testing.T, what string, rows, groups int64) {
	t.Helper()
	if rows > groups*groupRows+20_000 {
		t.Errorf("%s: %d rows are read, more than the %d of %d row groups", what, rows, groups*groupRows, groups)
	}
}

// TestRowsScanned bounds what a lookup reads, in row groups.
func TestRowsScanned(t *testing.T) {
	withNumbers(t, func(tx *tx) {
		last := fmt.Sprintf("SELECT %d + range AS k FROM range(100)", scanRows-200)
		for i, test := range []struct {
			what, key, keys string
			nulls           bool
			groups          int64
		}{
			{"keys in order", "n", last, false, 2},
			{"keys in order and one far away", "n", last + " UNION ALL SELECT 5", false, 4},
			{"keys in order and ten that are strewn", "n", last + fmt.Sprintf(" UNION ALL SELECT range * %d FROM range(10)", scanRows/12), false, 22},
			{"keys in order and NULL", "part", last + " UNION ALL SELECT NULL", true, 52}, // once the column, for NULL
			{"keys of rows some of which are late", "late", fmt.Sprintf("SELECT late AS k FROM reports.numbers WHERE n >= %d", scanRows-groupRows/10), false, 8},
			{"keys far from each other of rows few of which are late", "rare", fmt.Sprintf("SELECT %d - range * %d AS k FROM range(5)", scanRows-1, scanRows/50), false, 8},
			{"keys in no order", "spread", "SELECT CAST(hash(k) % 1000000000000 AS BIGINT) AS k FROM (" + last + ")", false, 50},
			{"no keys", "n", last + " LIMIT 0", false, 1},
		} {
			name := fmt.Sprintf("keys %d", i)
			if _, err := tx.Work(t.Context(), name, test.keys); err != nil {
				t.Fatal(err)
			}
			r, err := tx.relation(t.Context(), "testing", numbers)
			if err != nil {
				t.Fatal(err)
			}
			l, err := tx.lookupOf(t.Context(), "testing", r, []string{test.key}, working(name), []string{"k"})
			if err != nil {
				t.Fatal(err)
			}
			l.parts, l.nulls = r.at(1), test.nulls
			l.list = selected(r.names(nil))
			found, err := tx.lookUp(t.Context(), "testing", l)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := tx.scanned(t.Context(), found.query())
			if err != nil {
				t.Fatal(err)
			}
			bound(t, test.what, rows, test.groups)
			if err := tx.lookedUp(t.Context(), "testing"); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestChangesScanned bounds what reading changes reads: the newest row groups.
func TestChangesScanned(t *testing.T) {
	withNumbers(t, func(tx *tx) {
		replaced := fmt.Sprintf("n >= %d", scanRows-5000)
		if _, err := tx.Work(t.Context(), "delta", "SELECT *, -1 AS _w FROM reports.numbers WHERE "+replaced+
			" UNION ALL SELECT n, late, -spread, part, rare, 1 FROM reports.numbers WHERE "+replaced); err != nil {
			t.Fatal(err)
		}
		came, left, err := tx.Apply(t.Context(), warehouse.Apply{To: numbers, Delta: "delta", Lookup: []string{"n"}, Version: 2})
		if err != nil || came != 5000 || left != 5000 {
			t.Fatal(came, left, err)
		}
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		begun, err := tx.w.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer begun.Rollback()
		tx = asTx(begun)
		r, err := tx.relation(t.Context(), "testing", numbers)
		if err != nil {
			t.Fatal(err)
		}
		for to, groups := range map[int64]int64{2: 2, warehouse.Latest: 2} {
			rows, err := tx.scanned(t.Context(), r.changes(warehouse.Changes{From: numbers, After: 1, To: to}))
			if err != nil {
				t.Fatal(err)
			}
			bound(t, fmt.Sprintf("changes up to %d", to), rows, groups)
		}
	})
}

// TestFarPlaces: rows far from others are deleted apart. The profile does not tell
// what a deletion skips.
func TestFarPlaces(t *testing.T) {
	withNumbers(t, func(tx *tx) {
		r, err := tx.relation(t.Context(), "testing", numbers)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Work(t.Context(), "found", fmt.Sprintf("SELECT CASE WHEN n < 8 THEN n ELSE %d - (n - 8) * %d END AS _place FROM range(10) AS r(n)",
			scanRows-1, r.farPlaces()*groupRows)); err != nil {
			t.Fatal(err)
		}
		all := part{working("found"), []string{placeColumn + " > 0"}}
		parts, err := tx.nearPlaces(t.Context(), "testing", r, placeColumn, all, r.farPlaces())
		if err != nil || len(parts) != 2 {
			t.Fatalf("%d parts, error %v", len(parts), err)
		}
		for want, far := range map[int]int64{3: r.farPlaces() - 1, 1: scanRows / groupRows} {
			if parts, err := tx.nearPlaces(t.Context(), "testing", r, placeColumn, all, far); err != nil || len(parts) != want {
				t.Errorf("%d row groups apart: %d parts, want %d, error %v", far, len(parts), want, err)
			}
		}
		gone, err := tx.deleteAt(t.Context(), "testing", r, placeColumn, all)
		if err != nil || gone != 9 || r.rows != scanRows-9 {
			t.Errorf("%d rows left, and %d are there, error %v", gone, r.rows, err)
		}
		if got, err := tx.count(t.Context(), "testing", r.table); err != nil || got != r.rows {
			t.Errorf("%d rows are there, not %d, error %v", got, r.rows, err)
		}
	})
}

// TestPlacesWithin: rows that are deleted are said to lie within a range of the column
// that tells best where rows are, once rows were looked up by it, and not if it is NULL.
func TestPlacesWithin(t *testing.T) {
	withNumbers(t, func(tx *tx) {
		r, err := tx.relation(t.Context(), "testing", numbers)
		if err != nil {
			t.Fatal(err)
		}
		near := func(as, of string) places {
			t.Helper()
			if _, err := tx.Work(t.Context(), as, fmt.Sprintf("SELECT %s, rowid AS _place FROM %s WHERE late BETWEEN 700000 AND 700090", of, r.table)); err != nil {
				t.Fatal(err)
			}
			all, err := tx.nearPlaces(t.Context(), "testing", r, placeColumn, part{table: working(as)}, scanRows)
			if err != nil || len(all) != 1 {
				t.Fatalf("%d parts, error %v", len(all), err)
			}
			return all[0]
		}
		const columns = "n, late, spread, part, rare, 1 AS g" // a column may have any name
		if p := near("unknown", columns); p.within != "" {
			t.Errorf("before a lookup rows are within%s", p.within)
		}
		for i, column := range []string{"spread", "late", "n"} {
			if _, err := Stretches(t.Context(), tx, numbers, column, "unknown"); err != nil {
				t.Fatal(err)
			}
			want := map[string]string{"spread": "", "late": ` AND "late" BETWEEN 700000 AND 700090`, "n": ` AND "n" BETWEEN 700000 AND `}[column]
			if p := near(fmt.Sprintf("found %d", i), columns); !strings.HasPrefix(p.within, want) || (want == "") != (p.within == "") {
				t.Errorf("after a lookup by %s rows are within%s, want%s", column, p.within, want)
			}
		}
		if p := near("with NULL", "CASE WHEN late <> 700003 THEN n END AS n"); p.within != "" {
			t.Errorf("rows of which some have NULL are within%s", p.within)
		}
		rows, err := tx.count(t.Context(), "testing", working("found 2"))
		if err != nil {
			t.Fatal(err)
		}
		gone, err := tx.deleteAt(t.Context(), "testing", r, placeColumn, part{table: working("found 2")})
		if err != nil || gone != rows || rows < 90 {
			t.Errorf("%d of %d rows left, error %v", gone, rows, err)
		}
	})
}
