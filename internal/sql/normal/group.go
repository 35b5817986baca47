package normal

import (
	"slices"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// groupBy writes GROUP BY as the list of its keys, each once, or () where it has
// none and nothing else groups.
func (n *normalizer) groupBy(sel *ast.Select, info *bind.SelectInfo) *ast.GroupBy {
	out := &ast.GroupBy{Span: sel.GroupBy.Span}
	items := sel.GroupBy.Items
	if sel.GroupBy.All {
		items = info.Keys
	}
	for _, key := range flat(&ast.Row{Items: n.groupItems(items)}) {
		_, sets := key.(*ast.GroupingSets) // the same sets twice make more sets
		if sets || !slices.ContainsFunc(out.Items, func(e ast.Expr) bool { return ast.Equal(e, key) }) {
			out.Items = append(out.Items, key)
		}
	}
	switch {
	case len(out.Items) > 0:
	case sel.Having != nil || slices.ContainsFunc(info.Outputs, func(o *bind.Output) bool { return n.aggregates(o.Expr) }):
		return nil // all rows are one group anyway
	default:
		out.Items = []ast.Expr{&ast.Row{Span: sel.GroupBy.Span}}
	}
	return out
}

// flat is what a key in parentheses holds.
func flat(e ast.Expr) []ast.Expr {
	row, ok := e.(*ast.Row)
	if !ok {
		return []ast.Expr{e}
	}
	var out []ast.Expr
	for _, x := range row.Items {
		out = append(out, flat(x)...)
	}
	return out
}

func (n *normalizer) groupItems(items []ast.Expr) []ast.Expr {
	out := make([]ast.Expr, len(items))
	for i, e := range items {
		out[i] = n.groupItem(e)
	}
	return out
}

// groupItem writes what is grouped by, which may be an output.
func (n *normalizer) groupItem(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.Row:
		return &ast.Row{Span: e.Span, Items: n.groupItems(e.Items)}
	case *ast.GroupingSets:
		return &ast.GroupingSets{Span: e.Span, Kind: e.Kind, Items: n.groupItems(e.Items)}
	}
	key, t := e, n.info.TypeOf(e)
	if o := n.output(e); o != nil {
		key, t = o.Expr, o.Type
	}
	if ast.HasQuery(key) {
		n.refuse(e, "select the value in a subquery in FROM, and group by its column", "grouping by a subquery is recomputed")
	}
	return typed(n.expr(key), t)
}

// output is the output that a key stands for, by number or alias.
func (n *normalizer) output(e ast.Expr) *bind.Output {
	if o := n.info.Positions[e]; o != nil {
		return o
	}
	if ref, ok := e.(*ast.ColumnRef); ok {
		return n.info.Refs[ref].Alias
	}
	return nil
}

// typed puts a cast around a key that is a bare number, which would be read as
// that of an output.
func typed(e ast.Expr, t schema.Type) ast.Expr {
	if _, isNumber := e.(*ast.NumberLit); isNumber {
		return castTo(e, t)
	}
	return e
}

func castTo(e ast.Expr, t schema.Type) ast.Expr {
	return &ast.Cast{Span: spanOf(e), Style: ast.CastCall, X: e, Type: &ast.TypeName{Span: spanOf(e), Type: t}}
}
