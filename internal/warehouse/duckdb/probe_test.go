package duckdb

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

const spotRows = 1_300_000

var spots = schema.Name{Schema: "reports", Name: "spots"}

// withSpots does something with a view of spotRows rows. Of its columns of integers
// late, narrow, far and twice lie in order, but for one row in a hundred; values of far
// are up to the ends of the type, and each of twice is there two times. The others
// lie in no order, or are hardly different. A NULL is in most now and then.
func withSpots(t *testing.T, do func(tx *tx)) {
	t.Helper()
	columns := []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}, {Name: "narrow", Type: schema.Type{Kind: schema.Integer}}}
	for _, name := range []string{"late", "far", "twice", "strewn"} {
		columns = append(columns, schema.Column{Name: name, Type: schema.Type{Kind: schema.BigInt}})
	}
	columns = append(columns, schema.Column{Name: "few", Type: schema.Type{Kind: schema.SmallInt}}, schema.Column{Name: "text", Type: schema.Type{Kind: schema.Varchar}})
	late := fmt.Sprintf("CASE WHEN n %% 100 = 7 THEN CAST(hash(n) %% %d AS BIGINT) WHEN n %% 1000 = 8 THEN NULL ELSE n END", spotRows)
	withView(t, warehouse.View{Name: spots, Version: 1, Columns: columns, Query: fmt.Sprintf(`
		SELECT n, CAST(-3 * late AS INTEGER), late - 700000, CASE n WHEN 70 THEN 9223372036854775807 WHEN 71 THEN -9223372036854775808 ELSE late END,
			late // 2 * 3, CAST(hash(n) %% 4000000000000 AS BIGINT), CAST(n %% 50 AS SMALLINT), CASE WHEN n %% 7 = 0 THEN '' ELSE 'text ' END || (n * n)
		FROM (SELECT n, %s AS late FROM range(%d) AS r(n))`, late, spotRows)}, do)
}

// TestProbes compares the rows that keys find by a scan that knows them with those that a
// join finds, for keys of one column and of several.
func TestProbes(t *testing.T) {
	withSpots(t, func(tx *tx) {
		for what, pick := range map[string]string{
			"rows that came last":       fmt.Sprintf("n >= %d", spotRows-3000),
			"all over, and ends of far": "n % 9000 < 20 OR n BETWEEN 60 AND 80",
		} {
			for _, key := range [][]string{{"n"}, {"narrow"}, {"late"}, {"far"}, {"twice"}, {"strewn"}, {"few"}, {"text"}, {"few", "late"}, {"text", "narrow"}} {
				for _, nulls := range []bool{false, true} {
					compareProbes(t, tx, what+" by "+strings.Join(key, ", "), pick, key, nulls)
				}
			}
		}
	})
}

// TestTooManyKeys: keys that fit into no set are found all the same.
func TestTooManyKeys(t *testing.T) {
	withSpots(t, func(tx *tx) {
		for what, keys := range map[string]string{
			"too many":  fmt.Sprintf("SELECT text FROM reports.spots WHERE n < 10 UNION ALL SELECT 'no text ' || range FROM range(%d)", mostKeys),
			"too large": fmt.Sprintf("SELECT repeat('x', %d) || range AS text FROM range(40) UNION ALL SELECT text FROM reports.spots WHERE n < 10", mostBytes/30),
		} {
			if scan := findSpots(t, tx, what, keys, []string{"text"}, false); strings.Contains(scan, amongFunction) {
				t.Errorf("%s: the scan compares rows with keys: %s", what, scan)
			}
		}
	})
}

// TestKeysOfManyColumns: of keys of several columns the scan compares a few columns, and
// none if the keys are many.
func TestKeysOfManyColumns(t *testing.T) {
	withSpots(t, func(tx *tx) {
		key := []string{"n", "narrow", "late", "far", "twice", "strewn", "few", "text"}
		for every, want := range map[int]int{probedKeys * 2: mostProbes, probedKeys / 2: 0} {
			keys := fmt.Sprintf("SELECT * FROM reports.spots WHERE n %% %d = 5", every)
			if scan := findSpots(t, tx, "all columns", keys, key, false); strings.Count(scan, amongFunction) != want {
				t.Errorf("one of %d rows: the scan compares %d columns with keys, want %d: %s", every, strings.Count(scan, amongFunction), want, scan)
			}
		}
	})
}

// compareProbes looks up rows by columns of others, with a key that none of these has.
func compareProbes(t *testing.T, tx *tx, what, pick string, key []string, nulls bool) {
	t.Helper()
	list, other := quoteAll(key), make([]string, len(key))
	for i, column := range key {
		other[i] = map[bool]string{true: "'none'", false: "CAST(-4 AS SMALLINT)"}[column == "text"]
	}
	keys := fmt.Sprintf("SELECT %s FROM reports.spots WHERE %s UNION ALL SELECT %s", list, pick, strings.Join(other, ", "))
	if scan := findSpots(t, tx, what, keys, key, nulls); strings.Count(scan, amongFunction) < len(key) {
		t.Errorf("%s, nulls %t: the scan does not compare rows with keys: %s", what, nulls, scan)
	}
}

// scanOf are the filters of the scans of a query, in the engine's plan.
func scanOf(t *testing.T, tx *tx, query string) string {
	t.Helper()
	var kind, plan string
	if err := tx.w.writer.QueryRowContext(t.Context(), "EXPLAIN (FORMAT JSON) "+query).Scan(&kind, &plan); err != nil {
		t.Fatal(err)
	}
	type node struct {
		Children []node `json:"children"`
		Info     struct {
			Filters any `json:"Filters"` // of a scan: a text, or several
		} `json:"extra_info"`
	}
	var all []node
	if err := json.Unmarshal([]byte(plan), &all); err != nil {
		t.Fatal(err)
	}
	var filters strings.Builder
	for len(all) > 0 {
		fmt.Fprintln(&filters, all[0].Info.Filters)
		all = append(all[1:], all[0].Children...)
	}
	return filters.String()
}

// findSpots compares the rows that keys find with those that a join with all rows finds,
// and returns the filters of the scans that found them.
func findSpots(t *testing.T, tx *tx, what, keys string, key []string, nulls bool) string {
	t.Helper()
	if _, err := tx.Work(t.Context(), "keys", keys); err != nil {
		t.Fatal(err)
	}
	r, err := tx.relation(t.Context(), "testing", spots)
	if err != nil {
		t.Fatal(err)
	}
	l, err := tx.lookupOf(t.Context(), "testing", r, key, working("keys"), key)
	if err != nil {
		t.Fatal(err)
	}
	l.parts, l.nulls, l.list = r.at(warehouse.Latest)[:1], nulls, "n"
	found, err := tx.lookUp(t.Context(), "testing", l)
	if err != nil {
		t.Fatal(err)
	}
	sums := "SELECT count(*), count(DISTINCT n), CAST(sum(n) AS BIGINT) FROM ("
	var answers [2][]int64
	for i, query := range []string{found.query(), l.compare(l.keys, nil).query()} {
		if answers[i], err = tx.numbers(t.Context(), "testing", sums+query+")", 3); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(answers[0], answers[1]) || answers[0][0] == 0 {
		t.Errorf("%s, nulls %t: rows, distinct ones and sum are %v, want %v", what, nulls, answers[0], answers[1])
	}
	scan := scanOf(t, tx, found.query())
	if err := tx.lookedUp(t.Context(), "testing"); err != nil {
		t.Fatal(err)
	}
	if err := tx.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	return scan
}
