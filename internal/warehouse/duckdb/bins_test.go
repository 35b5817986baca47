package duckdb

import (
	"fmt"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/warehouse"
)

const binRows = binnedRows + 300_000

var spots = schema.Name{Schema: "reports", Name: "spots"}

// withSpots does something with a view of binRows rows. Of its columns of integers
// late, narrow, far and twice lie in order, but for one row in a hundred; values of far
// are up to the ends of the type, and each of twice is there two times. The others
// lie in no order, or are hardly different. A NULL is in each now and then.
func withSpots(t *testing.T, do func(tx *tx)) {
	t.Helper()
	columns := []schema.Column{{Name: "n", Type: schema.Type{Kind: schema.BigInt}}, {Name: "narrow", Type: schema.Type{Kind: schema.Integer}}}
	for _, name := range []string{"late", "far", "twice", "strewn", "few"} {
		columns = append(columns, schema.Column{Name: name, Type: schema.Type{Kind: schema.BigInt}})
	}
	late := fmt.Sprintf("CASE WHEN n %% 100 = 7 THEN CAST(hash(n) %% %d AS BIGINT) WHEN n %% 1000 = 8 THEN NULL ELSE n END", binRows)
	withView(t, warehouse.View{Name: spots, Version: 1, Columns: columns, Query: fmt.Sprintf(`
		SELECT n, CAST(-3 * late AS INTEGER), late - 700000, CASE n WHEN 70 THEN 9223372036854775807 WHEN 71 THEN -9223372036854775808 ELSE late END,
			late // 2 * 3, CAST(hash(n) %% 4000000000000 AS BIGINT), n %% 50
		FROM (SELECT n, %s AS late FROM range(%d) AS r(n))`, late, binRows)}, do)
}

// TestBins compares the rows that keys find by their bins with those that a comparison
// finds that has none, and says of which columns keys are put into bins.
func TestBins(t *testing.T) {
	binned := map[string]bool{"narrow": true, "late": true, "far": true, "twice": true, "strewn": false, "few": false}
	withSpots(t, func(tx *tx) {
		for what, pick := range map[string]string{
			"rows that came last":       fmt.Sprintf("n >= %d", binRows-3000),
			"all over, and ends of far": "n % 9000 < 20 OR n BETWEEN 60 AND 80",
		} {
			for column, want := range binned {
				for _, nulls := range []bool{false, true} {
					query := compareBins(t, tx, what+" by "+column, pick, column, nulls)
					if got := strings.Contains(query, "AS bin"); got != want {
						t.Errorf("%s by %s: put into bins %t, want %t", what, column, got, want)
					}
				}
			}
		}
	})
}

// compareBins looks up rows by one column of others, with a key that no row has, and
// returns the query that it did so by.
func compareBins(t *testing.T, tx *tx, what, pick, column string, nulls bool) string {
	t.Helper()
	if _, err := tx.Work(t.Context(), "keys", fmt.Sprintf("SELECT %s AS k FROM reports.spots WHERE %s UNION ALL SELECT -4", column, pick)); err != nil {
		t.Fatal(err)
	}
	r, err := tx.relation(t.Context(), "testing", spots)
	if err != nil {
		t.Fatal(err)
	}
	l, err := tx.lookupOf(t.Context(), "testing", r, []string{column}, working("keys"), []string{"k"})
	if err != nil {
		t.Fatal(err)
	}
	l.parts, l.columns, l.nulls, l.list = r.at(1)[:1], []string{"n"}, nulls, "n"
	found, err := tx.lookUp(t.Context(), "testing", l)
	if err != nil {
		t.Fatal(err)
	}
	sums := "SELECT count(*), count(DISTINCT n), CAST(sum(n) AS BIGINT) FROM ("
	got, err := tx.numbers(t.Context(), "testing", sums+found.query()+")", 3)
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.lookedUp(t.Context(), "testing"); err != nil {
		t.Fatal(err)
	}
	want, err := tx.numbers(t.Context(), "testing", sums+l.compare(l.keys, nil).query()+")", 3)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || want[0] == 0 {
		t.Errorf("%s, nulls %t: rows, distinct ones and sum are %v, want %v", what, nulls, got, want)
	}
	if err := tx.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	return found.query()
}
