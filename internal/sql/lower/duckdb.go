package lower

import (
	_ "embed"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// duckdb is the embedded engine.
type duckdb struct{}

// macroSchema is where the preludes' macros and functions live.
const macroSchema = "atoll_sql"

//go:embed prelude.sql
var prelude string

// Prelude lists the DuckDB statements that create what lowered queries call, in
// order. They may be run again.
func Prelude() []string {
	var statements []string
	for _, s := range strings.Split(prelude, ";\n") {
		var lines []string
		for _, line := range strings.Split(s, "\n") {
			if !strings.HasPrefix(line, "--") && strings.TrimSpace(line) != "" {
				lines = append(lines, line)
			}
		}
		if len(lines) > 0 {
			statements = append(statements, strings.Join(lines, "\n"))
		}
	}
	return statements
}

// Settings lists the DuckDB settings that lowered queries rely on.
func Settings() []string {
	return []string{
		"SET TimeZone = 'UTC'",               // conversions between TIMESTAMP and TIMESTAMPTZ
		"SET Calendar = 'gregorian'",         // date arithmetic over TIMESTAMPTZ
		"SET default_collation = ''",         // binary order of text
		"SET ieee_floating_point_ops = true", // overflow to infinity is told apart from NULL
		// It takes subplans of UNION ALL for one that are not, and answers wrongly.
		"SET disabled_optimizers = 'common_subplan'",
	}
}

// start refuses outer joins that DuckDB cannot run, those whose conditions read a query
// around and those that compute subqueries over pairs of rows, and grouping sets of which
// it would make one.
func (duckdb) start(l *lowering) {
	ast.Inspect(l.res.Query, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Join:
			if n.On != nil && isOuter(n.Kind) && l.staysInside(n) {
				l.joinsBySides(n)
			}
		case *ast.GroupBy:
			if len(n.Items) > 0 && emptySets(n.Items) {
				l.severalSets(n.Items)
			}
		}
		return true
	})
}

// severalSets refuses more than one set among grouping sets that are all empty.
func (l *lowering) severalSets(items []ast.Expr) {
	for _, e := range items {
		sets, ok := e.(*ast.GroupingSets)
		if !ok {
			continue
		}
		if len(sets.Items) > 1 {
			l.fail(sets, "write UNION ALL", "grouping sets that are all empty are computed once only")
		}
		l.severalSets(sets.Items)
	}
}

// emptySets reports items of GROUP BY that have no key.
func emptySets(items []ast.Expr) bool {
	for _, e := range items {
		switch e := e.(type) {
		case *ast.Row:
			if len(e.Items) > 0 {
				return false
			}
		case *ast.GroupingSets:
			if !emptySets(e.Items) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func (duckdb) rule(function string) rule { return duckdbRules()[function] }

func (duckdb) sameType(function string) bool {
	switch function {
	case "count", "row_number", "rank", "dense_rank", "ntile":
		return true
	}
	return false
}

func (duckdb) attributes(x ast.Expr, names ...string) ast.Expr {
	path := "$"
	for _, n := range names {
		path += `."` + strings.ReplaceAll(n, `"`, `\"`) + `"`
	}
	return call("json_extract", x, text(path))
}

// element is NULL before the first one, where the engine would count from the end.
func (duckdb) element(x, index ast.Expr) ast.Expr {
	if _, literal := index.(*ast.NumberLit); !literal {
		return macro("element", x, index)
	}
	path := binary(ast.Concat, binary(ast.Concat, text("$["), castAs(index, "VARCHAR")), text("]"))
	return call("json_extract", x, path)
}

func (duckdb) number(e *ast.NumberLit, _ schema.Type) ast.Expr { return e }

func (duckdb) finish(*ast.Query) {}

// apart has the rows of a query with LIMIT computed by themselves. The engine lets a
// join above it leave out rows that will not match before they are counted, if it
// gets to know these in time: one run in some hundreds then returns other rows.
func (duckdb) apart(out *ast.Query) *ast.Query {
	name := ast.Ident{Name: limitedName}
	return &ast.Query{
		With: &ast.With{CTEs: []*ast.CTE{{Name: name, Materialized: true, Query: out}}},
		Body: &ast.Select{Items: []*ast.SelectItem{{Expr: &ast.Star{}}}, From: []ast.TableExpr{&ast.TableName{Name: ast.Name{name}}}},
	}
}
