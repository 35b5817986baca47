package duckdb_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
	"github.com/atolldata/atoll/internal/warehouse/duckdb"
)

// largeRows is enough for lookups to look for islands.
const largeRows = 700_000

// largeView has a column of each type that can be cut into islands, in order and
// with a NULL now and then, and one of random order.
func largeView(name schema.Name) warehouse.View {
	columns := []schema.Column{
		{Name: "n", Type: schema.Type{Kind: schema.BigInt}}, {Name: "i", Type: schema.Type{Kind: schema.Integer}},
		{Name: "dec", Type: schema.Type{Kind: schema.Decimal, Precision: 12, Scale: 2}}, {Name: "day", Type: schema.Type{Kind: schema.Date}},
		{Name: "at", Type: schema.Type{Kind: schema.Timestamp}}, {Name: "zoned", Type: schema.Type{Kind: schema.TimestampTZ}},
		{Name: "text", Type: schema.Type{Kind: schema.Varchar}}, {Name: "spread", Type: schema.Type{Kind: schema.BigInt}},
		{Name: "d", Type: schema.Type{Kind: schema.Double}},
	}
	return warehouse.View{Name: name, Version: 1, Columns: columns, Sort: []string{"n"}, Query: fmt.Sprintf(`
		SELECT n, CASE WHEN n %% 1000 <> 7 THEN n - 5000 END, CASE WHEN n %% 1000 <> 8 THEN CAST(n AS DECIMAL(12, 2)) / 4 END,
			CASE WHEN n %% 1000 <> 9 THEN DATE '1960-01-01' + CAST(n // 50 AS INTEGER) END,
			CASE WHEN n %% 1000 = 10 THEN NULL WHEN n = 11 THEN 'infinity' ELSE TIMESTAMP '1969-12-30 00:00:00' + INTERVAL 1 SECOND * n END,
			CASE WHEN n %% 1000 <> 12 THEN CAST('2024-01-01 00:00:00+00' AS TIMESTAMP WITH TIME ZONE) + INTERVAL 1 MINUTE * n END,
			CASE WHEN n %% 1000 = 13 THEN NULL WHEN n = 14 THEN '' ELSE lpad(CAST(n // 10 AS VARCHAR), 6, '0') || ' größer' END,
			CAST(hash(n) %% 1000000007 AS BIGINT), CASE WHEN n %% 1000 = 15 THEN 'nan' ELSE n / 8 END
		FROM range(%d) AS r(n)`, largeRows)}
}

// TestIslands compares the rows that keys find in a large relation with those that
// a comparison finds that the engine cannot cut short, and counts the islands: with one
// thread, as several draw another sample each time.
func TestIslands(t *testing.T) {
	w := open(t, duckdb.Options{Path: filepath.Join(t.TempDir(), "w.duckdb"), Threads: 1})
	defer w.Close()
	view := largeView(facts)
	inTx(t, w, true, func(tx warehouse.Tx) error {
		_, err := tx.Refresh(t.Context(), view)
		return err
	})
	picks := map[string]string{
		"one stretch and outliers": "n BETWEEN 490000 AND 490050 OR n IN (3, 11, 14, 250007)",
		"many stretches":           "n % 20000 < 20",
	}
	for what, pick := range picks {
		for _, c := range view.Columns {
			compareLookup(t, w, fmt.Sprintf("%s by %s", what, c.Name), pick, []string{c.Name}, true)
		}
		for _, key := range [][]string{{"spread", "n"}, {"day", "at", "d"}} {
			for _, nulls := range []bool{false, true} {
				compareLookup(t, w, fmt.Sprintf("%s by %v, nulls %t", what, key, nulls), pick, key, nulls)
			}
		}
	}
	compareLookup(t, w, "no keys", "n < 0", []string{"n"}, true)
	cutBy := map[string]int{"spread": 0, "d": 0}
	inTx(t, w, false, func(tx warehouse.Tx) error {
		if _, err := tx.Work(t.Context(), "ends", "SELECT * FROM reports.facts WHERE n BETWEEN 20 AND 30 OR n BETWEEN 490020 AND 490030"); err != nil {
			return err
		}
		for _, c := range view.Columns {
			want, listed := cutBy[c.Name]
			if !listed {
				want = 2
			}
			if got, err := duckdb.Stretches(t.Context(), tx, facts, c.Name, "ends"); err != nil || got != want {
				t.Errorf("a lookup by %s reads %d islands, want %d, error %v", c.Name, got, want, err)
			}
		}
		return nil
	})
}

// compareLookup looks up the rows with the keys of some rows of the large view.
func compareLookup(t *testing.T, w warehouse.Warehouse, what, pick string, key []string, nulls bool) {
	t.Helper()
	inTx(t, w, false, func(tx warehouse.Tx) error {
		// Every key twice, and one that no row has.
		list, same := "", ""
		for _, c := range key {
			list += `"` + c + `", `
			equal := " = "
			if nulls {
				equal = " IS NOT DISTINCT FROM "
			}
			same += ` AND r."` + c + `"` + equal + `k."` + c + `"`
		}
		source := "(SELECT " + list + "1 FROM reports.facts WHERE " + pick + ")"
		if _, err := tx.Work(t.Context(), "keys", "SELECT * FROM "+source+" UNION ALL SELECT * FROM "+source); err != nil {
			return err
		}
		if _, err := tx.Rows(t.Context(), warehouse.Rowset{From: facts, At: warehouse.Latest, Columns: []string{"n", "text"}, Key: key,
			Keys: "keys", KeyColumns: key, Nulls: nulls, As: "found"}); err != nil {
			return err
		}
		rows, err := tx.SQL().Query(t.Context(), `SELECT (SELECT count(*) || ' rows, ' || count(DISTINCT n) || ' distinct, sum ' || coalesce(sum(n), 0) FROM "found"),
			(SELECT count(*) || ' rows, ' || count(DISTINCT n) || ' distinct, sum ' || coalesce(sum(n), 0)
				FROM reports.facts AS r WHERE EXISTS (SELECT 1 FROM "keys" AS k WHERE 1 = 1`+same+`))`)
		if err != nil {
			return err
		}
		defer rows.Close()
		var got, want string
		for rows.Next() {
			if err := rows.Scan(&got, &want); err != nil {
				return err
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", what, got, want)
		}
		return rows.Err()
	})
}

// TestLogsOutlastReopening finds what left a relation, and that it is tracked, in a
// warehouse that was closed meanwhile.
func TestLogsOutlastReopening(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	view := totals
	change := func(version int64, query string) {
		t.Helper()
		w := open(t, duckdb.Options{Path: path})
		defer w.Close()
		inTx(t, w, true, func(tx warehouse.Tx) error {
			view.Version, view.Query, view.Diff = version, query, version > 1
			if _, err := tx.Refresh(t.Context(), view); err != nil {
				return err
			}
			return tx.Track(t.Context(), view.Name)
		})
		if version%2 == 0 {
			if err := w.Checkpoint(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	change(1, `VALUES (1, 1)`)
	change(2, `VALUES (2, 2)`)
	change(3, `VALUES (3, 3)`)
	w := open(t, duckdb.Options{Path: path})
	defer w.Close()
	inTx(t, w, true, func(tx warehouse.Tx) error {
		if err := tx.State(t.Context(), warehouse.State{From: view.Name, At: 2, As: "s"}); err != nil {
			return err
		}
		_, _, err := tx.Changes(t.Context(), warehouse.Changes{From: view.Name, After: 1, To: 3, As: "d"})
		if err != nil {
			return err
		}
		rows, err := tx.SQL().Query(t.Context(), `SELECT 's' || n FROM "s" UNION ALL SELECT n || ' ' || _w FROM "d" ORDER BY 1`)
		if err != nil {
			return err
		}
		defer rows.Close()
		var got []string
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			got = append(got, text)
		}
		if want := []string{"1 -1", "3 1", "s2"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		return rows.Err()
	})
	if got := answer(t, w, `SELECT count(*) FROM duckdb_tables() WHERE temporary`); got[0] != "0" {
		t.Errorf("%s working tables are left", got[0])
	}
}
