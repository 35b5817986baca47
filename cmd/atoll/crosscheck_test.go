package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/compile"
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/pipeline"
	"github.com/atolldata/atoll/internal/schema"
)

func columnsOf(t *testing.T, specs ...string) []schema.Column {
	t.Helper()
	var out []schema.Column
	for _, s := range specs {
		name, typ, _ := strings.Cut(s, " ")
		parsed, err := schema.ParseType(typ)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, schema.Column{Name: name, Type: parsed})
	}
	return out
}

func TestCompareShapes(t *testing.T) {
	for _, test := range []struct {
		ours, engines []schema.Column
		want          string
	}{
		{columnsOf(t, "a varchar(20)", "b char(2)", "c interval year to month"), columnsOf(t, "a varchar", "b varchar", "c interval day to second"), ""},
		{columnsOf(t, "a decimal(8,2)"), columnsOf(t, "a decimal(9,2)"), `"a" is decimal(8,2), and "a" is decimal(9,2) in the engine`},
		{columnsOf(t, "a integer"), columnsOf(t, "b integer"), `"a" is integer, and "b" is integer in the engine`},
		{columnsOf(t, "a integer"), columnsOf(t, "a bigint"), `"a" is integer, and "a" is bigint in the engine`},
		{columnsOf(t, "a integer"), nil, "0 instead of 1"},
	} {
		if got := compareShapes(test.ours, test.engines); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

// A view whose type the engine sees otherwise is reported by its model's name.
func TestCrossCheckFindsDefects(t *testing.T) {
	g := models(t, t.TempDir(), 1)
	if err := crossCheck(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	n := g.Views()[0]
	n.Shape.Columns[0].Type = schema.Type{Kind: schema.Boolean}
	err := crossCheck(t.Context(), g)
	if fault.CodeOf(err) != fault.Internal || !strings.Contains(err.Error(), `models/reports/m0000.sql: the engine answers "reports.m0000" with other columns: "day" is boolean`) {
		t.Errorf("got %v", err)
	}
}

// models makes a project of so many models of mixed shapes, and compiles it.
func models(t testing.TB, dir string, n int) *compile.Graph {
	t.Helper()
	write := func(name, text string) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("atoll.yaml", "name: many\n")
	write("sources/web.yaml", `source: web
type: files
url: file://data/
tables:
  orders: {match: "o/*", format: json, columns: {id: bigint, customer: bigint, amount: "decimal(12,2)", at: timestamp}}
  customers: {match: "c/*", format: json, columns: {id: bigint, city: varchar(40), joined: date}}
`)
	shapes := []string{
		"SELECT TRUNC(o.at) AS day, c.city, COUNT(*) AS n, SUM(o.amount) AS total FROM web.orders o JOIN web.customers c ON c.id = o.customer WHERE o.id > %d GROUP BY 1, 2",
		"SELECT o.id, o.amount, ROW_NUMBER() OVER (PARTITION BY o.customer ORDER BY o.at, o.id) AS nth FROM web.orders o WHERE o.id > %d",
		"WITH big AS (SELECT customer, MAX(amount) AS most FROM web.orders GROUP BY 1) SELECT c.id, c.city, b.most FROM web.customers c LEFT JOIN big b ON b.customer = c.id LEFT JOIN web.orders o ON o.customer = c.id AND o.id = %d",
		"SELECT city, CASE WHEN joined > '2026-01-01' THEN 'new' ELSE 'old' END AS kind FROM web.customers WHERE id = %d UNION ALL SELECT city, 'all' FROM web.customers",
	}
	for i := range n {
		write(fmt.Sprintf("models/reports/m%04d.sql", i), fmt.Sprintf(shapes[i%len(shapes)], i))
	}
	_, g, err := pipeline.Compile(dir)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// BenchmarkCheck is atoll check over 1,000 models: reading, parsing and binding,
// and the cross-check in the engine, apart.
func BenchmarkCheck(b *testing.B) {
	dir := b.TempDir()
	g := models(b, dir, 1000)
	b.Run("compile", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := pipeline.Compile(dir); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("cross-check", func(b *testing.B) {
		for b.Loop() {
			if err := crossCheck(b.Context(), g); err != nil {
				b.Fatal(err)
			}
		}
	})
}
