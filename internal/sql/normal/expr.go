package normal

import (
	"slices"

	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/function"
)

// expr writes an expression.
func (n *normalizer) expr(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.ColumnRef:
		return n.ref(e)
	case *ast.FuncCall:
		return n.call(e)
	case *ast.Binary:
		left, isRow := e.Left.(*ast.Row)
		right, areRows := e.Right.(*ast.Row)
		if isRow && areRows && (e.Op == ast.Eq || e.Op == ast.NotEq) {
			return n.equalRows(e, left.Items, right.Items)
		}
	}
	return n.parts(e).(ast.Expr)
}

// equalRows writes an equality of rows as those of their values.
func (n *normalizer) equalRows(e *ast.Binary, left, right []ast.Expr) ast.Expr {
	var all ast.Expr
	for i := range left {
		equal := &ast.Binary{Span: e.Span, Op: ast.Eq, Left: n.expr(left[i]), Right: n.expr(right[i])}
		if all == nil {
			all = equal
			continue
		}
		all = &ast.Binary{Span: e.Span, Op: ast.And, Left: all, Right: equal}
	}
	if e.Op == ast.NotEq {
		return &ast.Unary{Span: e.Span, Op: ast.Not, X: all}
	}
	return all
}

// parts writes what a node holds. The node is copied where nothing of it changes
// too: no node of the plain form is one of the query, or stands in two places.
func (n *normalizer) parts(node ast.Node) ast.Node {
	if out := ast.MapChildren(node, n.child); out != node {
		return out
	}
	return ast.Clone(node)
}

func (n *normalizer) exprs(list []ast.Expr) []ast.Expr {
	out := make([]ast.Expr, len(list))
	for i, e := range list {
		out[i] = n.expr(e)
	}
	return out
}

func (n *normalizer) optional(e ast.Expr) ast.Expr {
	if e == nil {
		return nil
	}
	return n.expr(e)
}

// child writes what an expression holds: expressions, queries, and the parts of
// clauses between them.
func (n *normalizer) child(node ast.Node) ast.Node {
	switch node := node.(type) {
	case ast.Expr:
		return n.expr(node)
	case *ast.Query:
		return n.query(node, unique(names(n.info.Outputs[node])), false)
	}
	return n.parts(node)
}

// call writes a call; its window is written out, GROUPING's arguments are the keys as
// GROUP BY has them, and HLL, which is answered exactly, is COUNT(DISTINCT).
func (n *normalizer) call(e *ast.FuncCall) ast.Expr {
	bound := n.info.Calls[e]
	plain := *e
	switch {
	case bound.Func.Name == function.GroupingName:
		plain.Args = n.groupItems(e.Args)
		return &plain
	case e.Distinct && slices.ContainsFunc(e.WithinGroup, func(o *ast.OrderItem) bool { return ast.HasQuery(o.Expr) }):
		// Its FROM items would have other names than those of the listed subquery.
		n.refuse(e, "select the value in a subquery in FROM, and list its column", "distinct values in the order of a subquery are recomputed")
	case bound.Func.Name == "hll" && bound.Window == nil:
		plain.Name, plain.Distinct = ast.NewName("count"), true
	case bound.Window != nil:
		w := bound.Window
		plain.Over = &ast.WindowSpec{Span: e.Over.Span, PartitionBy: w.PartitionBy, OrderBy: w.OrderBy, Frame: w.Frame}
	}
	return ast.MapChildren(&plain, n.child).(ast.Expr)
}

// ref writes a column: alias.column, with the path into a SUPER value after it,
// or the expression of the output that the name stands for.
func (n *normalizer) ref(e *ast.ColumnRef) ast.Expr {
	r := n.info.Refs[e]
	if r.Alias != nil {
		n.checkAlias(e, r)
		return n.expr(r.Alias.Expr)
	}
	column := n.column(r.Column, e.Span)
	if ref, ok := column.(*ast.ColumnRef); ok {
		ref.Name = append(ref.Name, r.Path...)
		return ref
	}
	for _, part := range r.Path {
		column = &ast.Field{Span: e.Span, X: column, Name: part}
	}
	return column
}

// checkAlias refuses a name in a subquery that stands for an output of a query
// around it whose expression means something else in the subquery.
func (n *normalizer) checkAlias(e *ast.ColumnRef, r *bind.Ref) {
	if r.Depth == 0 {
		return
	}
	owner := n.owners[r.Alias]
	_, isColumn := r.Alias.Expr.(*ast.ColumnRef)
	if owner == nil || owner.Grouped && !isColumn {
		n.refuse(e, "compute it in a subquery in FROM",
			"a subquery that reads %q, which the select list around it computes, is recomputed", r.Alias.Name)
	}
}

// aggregates reports an aggregate outside of subqueries.
func (n *normalizer) aggregates(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.Query:
			return false
		case *ast.ColumnRef:
			r := n.info.Refs[node]
			found = found || r.Alias != nil && n.aggregates(r.Alias.Expr)
		case *ast.FuncCall:
			c := n.info.Calls[node]
			found = found || c.Func.Class == function.Aggregate && c.Window == nil && c.Owner == nil
		}
		return !found
	})
	return found
}

// column is alias.column, or of a column that USING merged the side that is not
// NULL.
func (n *normalizer) column(c *bind.Column, at ast.Span) ast.Expr {
	if len(c.Merged) == 0 {
		i := slices.Index(c.Item.Columns, c)
		return &ast.ColumnRef{Span: at, Name: ast.Name{{Span: at, Name: n.names[c.Item]}, {Span: at, Name: n.columns[c.Item][i]}}}
	}
	left, right := n.mergedSide(c, 0, at), n.mergedSide(c, 1, at)
	switch c.Kind {
	case ast.FullJoin:
		return &ast.FuncCall{Span: at, Name: ast.NewName("coalesce"), Args: []ast.Expr{left, right}}
	case ast.RightJoin:
		return right
	default:
		return left
	}
}

// mergedSide is one of the columns that USING merged, in the type of both.
func (n *normalizer) mergedSide(c *bind.Column, side int, at ast.Span) ast.Expr {
	column := n.column(c.Merged[side], at)
	switch {
	case c.Merged[side].Type == c.Type:
		return column
	case c.Type.IsString() && c.Type.Length == 0:
		n.refuse(column, "join ON a cast of one of them", "column %q, which USING makes of a text and a value of another type, is recomputed", c.Name)
	}
	return castTo(column, c.Type)
}
