package portable

import (
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/lower"
)

// beyondRedshift finds what Atoll takes and Redshift does not. Each rule names
// the page of the Amazon Redshift Database Developer Guide that it follows.
func beyondRedshift(res *bind.Result) fault.List {
	r := &redshift{res: res}
	ast.Inspect(res.Query, func(n ast.Node) bool {
		r.node(n)
		return true
	})
	r.faults.Sort()
	return r.faults
}

// redshift is the state of one search.
type redshift struct {
	res    *bind.Result
	faults fault.List
}

func (r *redshift) fail(n ast.Node, hint, format string, args ...any) {
	line, column := ast.LineColumn(r.res.Options.Text, n.Pos())
	e := fault.New(fault.Unsupported, format, args...).
		At(fault.Position{File: r.res.Options.File, Line: line, Column: column}).
		In(r.res.Options.File, r.res.Options.Text)
	e.Hint = hint
	r.faults = append(r.faults, e)
}

func (r *redshift) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.With:
		for _, c := range n.CTEs {
			if n.Recursive && len(c.Columns) == 0 && readsItself(c) { // "WITH clause", recursive_table_name
				r.fail(c, "name the columns: "+c.Name.Name+" (a, b) AS ...", "Redshift needs the column names of the recursive query %q", c.Name.Name)
			}
		}
	case *ast.Values: // "Unsupported PostgreSQL features", VALUES list used as constant tables
		r.fail(n, "write SELECT ... UNION ALL SELECT ...", "Redshift has no VALUES as a table")
	case *ast.SetOp: // "UNION, INTERSECT, and EXCEPT"
		if n.All && n.Op != ast.Union {
			name := map[ast.SetOpKind]string{ast.Intersect: "INTERSECT", ast.Except: "EXCEPT"}[n.Op]
			r.fail(n, "number equal rows with ROW_NUMBER and take "+name, "Redshift has no %s ALL", name)
		}
	case *ast.Select:
		r.sortedAggregates(n)
	case *ast.WindowDef: // "Window function syntax summary"
		r.fail(n, "write the window out: OVER (PARTITION BY ... ORDER BY ...)", "Redshift has no WINDOW clause")
	case *ast.Frame: // "Window function syntax summary", frame_clause
		if n.Mode == ast.Range {
			r.fail(n, "use ROWS", "Redshift has no RANGE frames")
		}
	case *ast.Join:
		if !lower.FullJoinRuns(r.res.Info, n) { // "FROM clause", join_condition
			r.fail(n.On, "use UNION ALL of a LEFT JOIN and the rows that it leaves out", "Redshift runs a FULL JOIN only where its condition equates a value of either side")
		}
	case *ast.IsDistinct: // "Comparison conditions" has no such form
		r.fail(n, "use DECODE, to which NULLs are equal", "Redshift has no IS DISTINCT FROM")
	case *ast.FuncCall:
		r.call(n)
	case *ast.ColumnRef: // "Correlated subqueries", skip-level references
		if ref := r.res.Info.Refs[n]; ref != nil && ref.Depth > 1 {
			r.fail(n, "join it in the query between", "a subquery cannot read %q from %d queries above it in Redshift", n.Name.String(), ref.Depth)
		}
	}
}

func (r *redshift) call(e *ast.FuncCall) {
	name := strings.ToUpper(e.Name.Last())
	if e.Filter != nil { // "Aggregate functions"
		r.fail(e.Filter, name+"(CASE WHEN ... THEN ... END) does the same", "Redshift has no FILTER")
	}
	if c := r.res.Info.Calls[e]; c != nil && c.Func.Embedded() {
		r.fail(e, c.Func.Instead(), "Redshift has no %s", name)
	}
}

// readsItself reports a common table expression that names itself in FROM.
func readsItself(c *ast.CTE) bool {
	found := false
	ast.Inspect(c.Query, func(n ast.Node) bool {
		if t, ok := n.(*ast.TableName); ok && len(t.Name) == 1 && t.Name.Last() == c.Name.Name {
			found = true
		}
		return !found
	})
	return found
}

// sortedAggregates holds the aggregates of a SELECT that sort to one order
// ("LISTAGG function", usage notes).
func (r *redshift) sortedAggregates(sel *ast.Select) {
	var first []*ast.OrderItem
	for _, call := range r.aggregatesOf(sel) {
		order := call.WithinGroup
		if r.res.Info.Calls[call].Func.Name == "median" {
			order = []*ast.OrderItem{{Expr: call.Args[0]}}
		}
		switch {
		case len(order) == 0:
		case first == nil:
			first = order
		case !sameOrder(first, order):
			r.fail(call, "compute one of them in a query of its own, and join it", "aggregates that sort must share one ORDER BY in Redshift")
		}
	}
}

// aggregatesOf lists the aggregates of a SELECT itself, windows and subqueries
// left out.
func (r *redshift) aggregatesOf(sel *ast.Select) []*ast.FuncCall {
	var out []*ast.FuncCall
	ast.Inspect(sel, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Query:
			return false
		case *ast.FuncCall:
			if c := r.res.Info.Calls[n]; c != nil && c.Window == nil {
				out = append(out, n)
			}
		}
		return true
	})
	return out
}

func sameOrder(a, b []*ast.OrderItem) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Desc != b[i].Desc || !ast.Equal(a[i].Expr, b[i].Expr) {
			return false
		}
	}
	return true
}
