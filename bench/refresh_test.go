package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
)

// A view that is not what it would be if computed anew is found out.
func TestStaleViewIsFoundOut(t *testing.T) {
	ctx := t.Context()
	o := options{dir: t.TempDir(), scale: 0.0002}
	s, st, err := o.bank(ctx, arrival{}, "bank", "e % 7")
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if _, _, err := s.build(ctx, st, 100); err != nil {
		t.Fatal(err)
	}
	if _, err := s.proven(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := s.receive(ctx, st, 10); err != nil {
		t.Fatal(err)
	}
	if _, err := s.proven(ctx); err == nil || !strings.Contains(err.Error(), "reports.totals held") {
		t.Errorf("a view that lacks ten rows: %v", err)
	}
}

// However a stream is cut, the same rows come; if late, in another order.
func TestStreamIsCutAnywhere(t *testing.T) {
	for _, a := range []arrival{{}, {late: true}, {random: true}} {
		whole, late := grown(t, a, 3000)
		cut, _ := grown(t, a, 1000, 1, 999, 700, 300)
		if whole != cut {
			t.Errorf("%+v: at once %s, by portions %s", a, whole, cut)
		}
		if a.late != (late > 0) {
			t.Errorf("%+v: %d messages were sent before the one that came before them", a, late)
		}
	}
}

// grown lets a stream of the sms example grow by portions, and tells what its
// deliveries are, and how many of its sends come after later ones.
func grown(t *testing.T, a arrival, portions ...int64) (deliveries string, late int) {
	t.Helper()
	st := newStream(a, 2000, t.TempDir(), smsTables(10)...)
	for _, events := range portions {
		if err := st.grow(t.Context(), events); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ask := func(query string, answer any) {
		t.Helper()
		if err := db.QueryRow(query).Scan(answer); err != nil {
			t.Fatal(err)
		}
	}
	files := func(table string) string {
		return fmt.Sprintf("read_parquet('%s')", filepath.Join(st.dir, table, "*.parquet"))
	}
	ask(contentsQuery(files("deliveries"), []schema.Column{{Name: "message_id"}, {Name: "status"}, {Name: "reported_at"}}), &deliveries)
	ask(fmt.Sprintf(`SELECT count(*) FROM (SELECT sent_at < lag(sent_at) OVER (ORDER BY filename, file_row_number) AS late
		FROM read_parquet('%s', filename = true, file_row_number = true)) WHERE late`, filepath.Join(st.dir, "sends", "*.parquet")), &late)
	return deliveries, late
}

func TestContentsAllowForFloats(t *testing.T) {
	c := contents{"2 rows, 17", []float64{1e6, 0}}
	for other, want := range map[*contents]bool{
		{"2 rows, 17", []float64{1e6 + 1e-7, 0}}: true,
		{"2 rows, 17", []float64{1e6 + 1, 0}}:    false,
		{"2 rows, 18", []float64{1e6, 0}}:        false,
	} {
		if c.equal(*other) != want {
			t.Errorf("%v equals %v: %t", c, *other, !want)
		}
	}
	query := contentsQuery("v", []schema.Column{{Name: "a"}, {Name: "b", Type: schema.Type{Kind: schema.Double}}})
	if !strings.Contains(query, "hash(CAST(a AS VARCHAR))") || !strings.Contains(query, "SUM(b)") {
		t.Errorf("floats are compared exactly: %s", query)
	}
}
