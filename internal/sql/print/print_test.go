package print_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

func column(parts ...string) *ast.ColumnRef { return &ast.ColumnRef{Name: ast.NewName(parts...)} }

// Any node prints on its own, as messages and logs want it.
func TestParts(t *testing.T) {
	q, err := parse.Query(`with c as (select 1) select a as b from t group by a order by a desc`)
	if err != nil {
		t.Fatal(err)
	}
	s := q.Body.(*ast.Select)
	window := &ast.WindowSpec{Base: ast.Ident{Name: "w"}, OrderBy: q.OrderBy}
	frame := &ast.Frame{Mode: ast.Range, High: ast.Bound{Kind: ast.CurrentRow}}
	for want, n := range map[string]ast.Node{
		"WITH c AS (SELECT 1)":            q.With,
		"c AS (SELECT 1)":                 q.With.CTEs[0],
		"SELECT a AS b FROM t GROUP BY a": s,
		"a AS b":                          s.Items[0],
		"t":                               s.From[0],
		"GROUP BY a":                      s.GroupBy,
		"a DESC":                          q.OrderBy[0],
		"(w ORDER BY a DESC)":             window,
		"v AS (w ORDER BY a DESC)":        &ast.WindowDef{Name: ast.Ident{Name: "v"}, Spec: window},
		"RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW": frame,
		"WHEN a THEN b": &ast.When{Cond: column("a"), Then: column("b")},
		"varchar(10)":   &ast.TypeName{Type: schema.Type{Kind: schema.Varchar, Length: 10}},
	} {
		if got := print.Redshift(n); got != want {
			t.Errorf("%T prints as %s, want %s", n, got, want)
		}
	}
}

// Each part of a statement prints on its own, as it stands in the statement.
func TestStatementParts(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "testdata", "parse", "stmt_define.in.sql"))
	if err != nil {
		t.Fatal(err)
	}
	blanks := strings.NewReplacer("\n", "", " ", "")
	for _, part := range strings.Split("\n"+string(text), "\n--- ")[1:] {
		_, text, _ := strings.Cut(part, "\n")
		statements, err := parse.Statements(text)
		if err != nil {
			t.Fatal(err)
		}
		whole := blanks.Replace(print.Redshift(statements[0]))
		ast.Inspect(statements[0], func(n ast.Node) bool {
			if got := blanks.Replace(print.Redshift(n)); got == "" || !strings.Contains(whole, got) {
				t.Errorf("%T prints as %q, which is not in %s", n, got, whole)
			}
			_, otherwise := n.(*ast.AlterAttributes) // where DISTKEY has no parentheses
			return !otherwise
		})
	}
}

// What only a lowering makes.
func TestEngineOnly(t *testing.T) {
	hugeint := &ast.TypeName{Engine: "HUGEINT"}
	one := &ast.Query{Body: &ast.Select{Items: []*ast.SelectItem{{Expr: &ast.NumberLit{Text: "1"}}}}}
	lag := &ast.FuncCall{Name: ast.NewName("lag"), Args: []ast.Expr{column("a")}, Nulls: ast.IgnoreNulls,
		OrderBy: []*ast.OrderItem{{Expr: column("b")}}, Over: &ast.WindowSpec{}}
	for want, n := range map[string]ast.Node{
		"a::HUGEINT":                             &ast.Cast{X: column("a"), Type: hugeint},
		"CAST(a AS HUGEINT)":                     &ast.Cast{X: column("a"), Type: hugeint, Style: ast.ConvertCall},
		"TRY_CAST(a AS HUGEINT)":                 &ast.Cast{X: column("a"), Type: hugeint, Style: ast.TryCast},
		"HUGEINT '5'":                            &ast.TypedLit{Type: hugeint, Value: "5"},
		"LATERAL (SELECT 1) AS x":                &ast.Subquery{Lateral: true, Query: one, Alias: ast.Alias{Name: ast.Ident{Name: "x"}}},
		"lag(a ORDER BY b IGNORE NULLS) OVER ()": lag,
		"[a, 'b']":                               &ast.Array{Items: []ast.Expr{column("a"), &ast.StringLit{Value: "b"}}},
		`'back\slash it''s'`:                     &ast.StringLit{Value: `back\slash it's`},
		"atoll_store.t":                          &ast.TableName{Name: ast.NewName("atoll_store", "t")},
		`"SELECT"."Mixed"."left"`:                column("SELECT", "Mixed", "left"),
		`left(a)`:                                &ast.FuncCall{Name: ast.NewName("left"), Args: []ast.Expr{column("a")}},
		`"position"(a, b)`:                       &ast.FuncCall{Name: ast.NewName("position"), Args: []ast.Expr{column("a"), column("b")}},
	} {
		if got := print.DuckDB(n); got != want {
			t.Errorf("%T prints as %s, want %s", n, got, want)
		}
	}
}

// Types print as DuckDB's own.
func TestDuckDBTypes(t *testing.T) {
	for kind, want := range map[schema.Kind]string{
		schema.Unknown: "varchar", schema.Boolean: "boolean", schema.BigInt: "bigint", schema.Real: "real",
		schema.Double: "double", schema.Char: "varchar", schema.Varchar: "varchar", schema.TimestampTZ: "timestamptz",
		schema.IntervalDS: "interval", schema.Super: "json", schema.Varbyte: "blob",
	} {
		typ := schema.Type{Kind: kind}
		if typ.IsString() || kind == schema.Varbyte {
			typ.Length = 5
		}
		if got := print.DuckDB(&ast.TypeName{Type: typ}); got != want {
			t.Errorf("%v prints as %s, want %s", typ, got, want)
		}
	}
	if got := print.DuckDB(&ast.TypeName{Type: schema.Type{Kind: schema.Decimal, Precision: 9, Scale: 2}}); got != "decimal(9,2)" {
		t.Errorf("decimal(9,2) prints as %s", got)
	}
}

// A group that fits stays on its line; the text of a string is never broken or
// indented.
func TestLayout(t *testing.T) {
	text := "select '" + strings.Repeat("x", 100) + "', 'a\n  b', (select 1) from t"
	q, err := parse.Query(text)
	if err != nil {
		t.Fatal(err)
	}
	want := "SELECT\n  '" + strings.Repeat("x", 100) + "',\n  'a\n  b',\n  (SELECT 1)\nFROM t"
	if got := print.Redshift(q); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
