package lineage

import (
	"cmp"
	"slices"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/print"
)

// Kind is the part that a column has in another one, or in the rows of a query.
type Kind string

// The kinds.
const (
	Value  Kind = "value"  // the value is computed from it
	Filter Kind = "filter" // WHERE, HAVING, QUALIFY, FILTER, EXISTS, INTERSECT and EXCEPT
	Join   Kind = "join"   // ON, USING and (+)
	Group  Kind = "group"  // GROUP BY, and where equal rows become one: DISTINCT, UNION
	Order  Kind = "order"  // ORDER BY of a query
	Window Kind = "window" // PARTITION BY and ORDER BY of a window
)

// Use is a column of a base relation and its part.
type Use struct {
	bind.Source
	Kind Kind
}

// Compare orders uses by source, then kind.
func (u Use) Compare(o Use) int {
	return cmp.Or(u.Source.Compare(o.Source), cmp.Compare(u.Kind, o.Kind))
}

// Step is an expression under the name that the query gives it, printed on one
// line.
type Step struct {
	Name string
	Expr string
	Pos  fault.Position
}

// Column is an output column. The first step is the column itself; over a set
// operation there is one for each side. Uses are sorted, each once.
type Column struct {
	Name  string
	Steps []Step
	Uses  []Use
}

// Query is the lineage of a query: its columns, in their order, and what decides
// which rows there are, sorted.
type Query struct {
	Columns []Column
	Rows    []Use
}

// Of tells the lineage of a bound query.
func Of(res *bind.Result) Query {
	tables := map[*bind.Item]ast.TableExpr{}
	for t, it := range res.Info.Items {
		tables[it] = t
	}
	start := func() *walk {
		return &walk{res: res, tables: tables, seen: map[visit]bool{}, uses: map[Use]bool{}}
	}
	var q Query
	for i, c := range res.Columns {
		w := start()
		w.body(res.Query.Body, i, c.Name, Value)
		q.Columns = append(q.Columns, Column{Name: c.Name, Steps: w.steps, Uses: w.sorted()})
	}
	w := start()
	w.rows(res.Query)
	q.Rows = w.sorted()
	return q
}

// walk collects the uses of one column, or of the rows.
type walk struct {
	res    *bind.Result
	tables map[*bind.Item]ast.TableExpr
	seen   map[visit]bool
	uses   map[Use]bool
	steps  []Step
}

// visit is a thing that was looked at: a column, an output or a body.
type visit struct {
	of   any
	i    int
	kind Kind
}

func (w *walk) first(of any, i int, kind Kind) bool {
	v := visit{of, i, kind}
	before := w.seen[v]
	w.seen[v] = true
	return !before
}

func (w *walk) sorted() []Use {
	out := make([]Use, 0, len(w.uses))
	for u := range w.uses {
		out = append(out, u)
	}
	slices.SortFunc(out, Use.Compare)
	return out
}

// body walks into output i of a body, which is known under a name.
func (w *walk) body(body ast.Body, i int, name string, kind Kind) {
	if !w.first(body, i, kind) {
		return
	}
	switch body := body.(type) {
	case *ast.Select:
		w.output(w.res.Info.Selects[body].Outputs[i], name, kind)
	case *ast.Values:
		for _, row := range body.Rows {
			w.expr(row.Items[i], kind)
		}
	case *ast.SetOp:
		w.body(body.Left, i, name, kind)
		if body.Op != ast.Except {
			w.body(body.Right, i, name, kind)
		}
	case *ast.Query:
		w.body(body.Body, i, name, kind)
	}
}

// all walks into every output of a body.
func (w *walk) all(body ast.Body, kind Kind) {
	for i, o := range w.res.Info.Outputs[body] {
		w.body(body, i, o.Name, kind)
	}
}

// output walks into an expression of a select list.
func (w *walk) output(o *bind.Output, name string, kind Kind) {
	if !w.first(o, 0, kind) {
		return
	}
	if kind == Value {
		line, column := ast.LineColumn(w.res.Options.Text, o.Expr.Pos())
		step := Step{
			Name: name, Expr: print.NewPage(o.Expr, "").Text(),
			Pos: fault.Position{File: w.res.Options.File, Line: line, Column: column},
		}
		if !slices.Contains(w.steps, step) { // a hierarchy is made of parts that are alike
			w.steps = append(w.steps, step)
		}
	}
	w.expr(o.Expr, kind)
}

// column walks into a column of a FROM clause.
func (w *walk) column(c *bind.Column, kind Kind) {
	if !w.first(c, 0, kind) {
		return
	}
	it := c.Item
	switch {
	case it == nil:
		for i, side := range c.Merged {
			if c.Kind == ast.FullJoin || (c.Kind == ast.RightJoin) == (i == 1) {
				w.column(side, kind)
			}
		}
	case it.Relation.Name != "":
		for _, s := range c.Sources {
			w.uses[Use{s, kind}] = true
		}
	case it.Unnest != nil:
		w.expr(it.Unnest.Value, kind)
	default:
		name := c.Name
		if it.Name != "" {
			name = it.Name + "." + name
		}
		w.body(w.queryOf(it).Body, slices.Index(it.Columns, c), name, kind)
	}
}

// queryOf is the query that an item stands for.
func (w *walk) queryOf(it *bind.Item) *ast.Query {
	if it.CTE != nil {
		return it.CTE.Query
	}
	t := w.tables[it]
	if q := w.res.Info.Derived[t]; q != nil {
		return q
	}
	return t.(*ast.Subquery).Query
}

// expr walks into an expression. What its windows, filters and subqueries only
// look at has a kind of its own.
func (w *walk) expr(e ast.Expr, kind Kind) {
	if e == nil {
		return
	}
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ColumnRef:
			w.ref(n, kind)
		case *ast.Exists:
			w.rows(n.Query)
			return false
		case *ast.Query:
			w.all(n, kind)
			w.rows(n)
			return false
		case *ast.FuncCall:
			w.call(n, kind)
			return false
		}
		return true
	})
}

func (w *walk) ref(ref *ast.ColumnRef, kind Kind) {
	switch r := w.res.Info.Refs[ref]; {
	case r == nil: // a position stands for an output, and who asks follows that
	case r.Alias != nil:
		w.output(r.Alias, r.Alias.Name, kind)
	default:
		w.column(r.Column, kind)
	}
}

func (w *walk) call(call *ast.FuncCall, kind Kind) {
	w.exprs(call.Args, kind)
	w.orders(call.WithinGroup, kind)
	w.expr(call.Filter, Filter)
	if c := w.res.Info.Calls[call]; c != nil && c.Window != nil {
		w.exprs(c.Window.PartitionBy, Window)
		w.orders(c.Window.OrderBy, Window)
	}
}

func (w *walk) exprs(list []ast.Expr, kind Kind) {
	for _, e := range list {
		w.expr(e, kind)
	}
}

func (w *walk) orders(list []*ast.OrderItem, kind Kind) {
	for _, o := range list {
		w.expr(o.Expr, kind)
	}
}
