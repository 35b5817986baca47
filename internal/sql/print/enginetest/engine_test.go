package enginetest

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"
	"pgregory.net/rapid"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/parse"
	"github.com/atolldata/atoll/internal/sql/print"
)

func open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// read returns the engine's own tree of a query, without positions.
func read(t interface{ Fatal(...any) }, db *sql.DB, query string) (tree map[string]any, failure string) {
	var text string
	if err := db.QueryRow("SELECT json_serialize_sql($1::VARCHAR)::VARCHAR", query).Scan(&text); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		t.Fatal(err)
	}
	dropPositions(tree)
	failure, _ = tree["error_message"].(string)
	return tree, failure
}

func dropPositions(v any) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "query_location")
		for _, inner := range v {
			dropPositions(inner)
		}
	case []any:
		for _, inner := range v {
			dropPositions(inner)
		}
	}
}

// Every name prints so that the engine reads the same name, whatever words the
// engine reserves where.
func TestNames(t *testing.T) {
	db := open(t)
	rows, err := db.Query("SELECT keyword_name FROM duckdb_keywords()")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names := []string{"a", "a$b", "A", "1st", "a b", `q"q`, "größe"}
	for rows.Next() {
		var word string
		if err := rows.Scan(&word); err != nil {
			t.Fatal(err)
		}
		names = append(names, word)
	}
	for _, name := range names {
		id := ast.Ident{Name: name}
		q := &ast.Query{
			With: &ast.With{CTEs: []*ast.CTE{{Name: id, Columns: []ast.Ident{id},
				Query: &ast.Query{Body: &ast.Select{Items: []*ast.SelectItem{{Expr: &ast.NumberLit{Text: "1"}}}}}}}},
			Body: &ast.Select{
				Items:   []*ast.SelectItem{{Expr: &ast.ColumnRef{Name: ast.Name{id, id}}, Alias: id}},
				From:    []ast.TableExpr{&ast.TableName{Name: ast.Name{id}, Alias: ast.Alias{Name: id, Columns: []ast.Ident{id}}}},
				Where:   &ast.Is{X: &ast.ColumnRef{Name: ast.Name{id}}, Not: true},
				Windows: []*ast.WindowDef{{Name: id, Spec: &ast.WindowSpec{PartitionBy: []ast.Expr{&ast.ColumnRef{Name: ast.Name{id}}}}}},
			},
		}
		var value, column string
		result, err := db.Query(print.DuckDB(q))
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, print.DuckDB(q))
			continue
		}
		columns, err := result.Columns()
		if err != nil || !result.Next() || result.Scan(&value) != nil {
			t.Errorf("%s: no row: %v", name, err)
		}
		if column = columns[0]; column != name || value != "1" {
			t.Errorf("%s: the column is %s and holds %s", name, column, value)
		}
		result.Close()
	}
}

// notInDuckDB are the golden cases whose syntax is Redshift's alone; a lowering
// has replaced it before anything is printed.
var notInDuckDB = map[string]bool{
	"approximate": true, "listagg": true, "listagg of tags": true, "medians": true, "approximate distinct": true,
	"bits of flags": true, "bits": true, "intervals": true, "old outer join": true, "unnesting": true,
	"unnesting a path": true, "unpivoting an object": true, "unnest with offset": true, "qualified star": true,
	"exclude without parentheses": true, "top": true, "top and distinct, in either order": true,
	"functions with names of keywords": true, "hierarchies": true, "hierarchies from the top": true,
	"a column named prior": true, "temporary tables": true, "into": true, "into a temporary table": true, "into a local table": true,
}

// DuckDB's parser takes the golden queries.
func TestGoldenQueries(t *testing.T) {
	db := open(t)
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "parse", "*.in.sql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		if strings.HasPrefix(filepath.Base(file), "stmt_") {
			continue // statements that are no queries
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split("\n"+string(data), "\n--- ")[1:] {
			title, text, _ := strings.Cut(part, "\n")
			q, err := parse.Query(text)
			if err != nil {
				t.Fatalf("%s: %v", title, err)
			}
			printed := print.DuckDB(q)
			if _, failure := read(t, db, printed); (failure != "") != notInDuckDB[title] {
				t.Errorf("%s: %q\n%s", title, failure, printed)
			}
		}
	}
}

// Few parentheses say the same to DuckDB as parentheses around every operand.
func TestParentheses(t *testing.T) {
	db := open(t)
	rapid.Check(t, func(t *rapid.T) {
		e := random(t, 4)
		few, all := "SELECT "+print.DuckDB(e), "SELECT "+parenthesized(e)
		want, failure := read(t, db, all)
		if failure != "" {
			t.Fatalf("%s\n%s", failure, all)
		}
		if got, failure := read(t, db, few); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s\nDuckDB reads one in another way than the other:\n%s\n%s", failure, few, all)
		}
	})
}

var (
	binaryOps = []ast.BinaryOp{ast.Or, ast.And, ast.Eq, ast.NotEq, ast.Less, ast.LessEq, ast.Greater, ast.GreaterEq, ast.Add,
		ast.Sub, ast.Mul, ast.Div, ast.Mod, ast.Power, ast.Concat, ast.BitAnd, ast.BitOr, ast.ShiftLeft, ast.ShiftRight, ast.Match}
	unaryOps = []ast.UnaryOp{ast.Not, ast.Neg, ast.Plus, ast.BitNot, ast.Abs}
)

// random makes an expression of operators.
func random(t *rapid.T, depth int) ast.Expr {
	kind := rapid.IntRange(0, 13).Draw(t, "kind")
	if depth == 0 || kind == 0 {
		return &ast.ColumnRef{Name: ast.NewName(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name"))}
	}
	x := func() ast.Expr { return random(t, depth-1) }
	not := rapid.Bool().Draw(t, "not")
	switch kind {
	case 1:
		return &ast.Unary{Op: rapid.SampledFrom(unaryOps).Draw(t, "op"), X: x()}
	case 2:
		return &ast.Is{X: x(), Not: not, What: rapid.SampledFrom([]ast.TruthValue{ast.IsNull, ast.IsTrue}).Draw(t, "what")}
	case 3:
		return &ast.IsDistinct{Left: x(), Right: x(), Not: not}
	case 4:
		return &ast.Between{X: x(), Not: not, Low: x(), High: x()}
	case 5:
		return &ast.InList{X: x(), Not: not, List: []ast.Expr{x()}}
	case 6:
		return &ast.Like{X: x(), Not: not, Pattern: x()}
	case 7:
		return &ast.AtTimeZone{X: x(), Zone: x()}
	case 8:
		return &ast.Cast{X: x(), Type: &ast.TypeName{Type: schema.Type{Kind: schema.Integer}}}
	case 9:
		return &ast.Index{X: x(), Index: x()}
	default:
		return &ast.Binary{Op: rapid.SampledFrom(binaryOps).Draw(t, "op"), Left: x(), Right: x()}
	}
}

// parenthesized prints an expression with every operand in parentheses: each is
// printed alone and then put in the place of a name.
func parenthesized(e ast.Expr) string {
	var operands []string
	hole := ast.MapChildren(e, func(c ast.Node) ast.Node {
		x, ok := c.(ast.Expr)
		if !ok {
			return c
		}
		operands = append(operands, "("+parenthesized(x)+")")
		return &ast.ColumnRef{Name: ast.NewName("__")}
	})
	text := print.DuckDB(hole)
	for _, o := range operands {
		text = strings.Replace(text, "__", o, 1)
	}
	return text
}
