package lower

import (
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
	"github.com/atolldata/atoll/internal/sql/function"
)

// limitTies breaks ties under LIMIT by all outputs, so that which rows come is
// decided. A client's own LIMIT without ORDER BY asks for any rows and is left
// alone.
func (l *lowering) limitTies(q, out *ast.Query, top bool) {
	if top && len(q.OrderBy) == 0 && !l.res.Options.Model {
		return
	}
	ordered := map[*bind.Output]bool{}
	for _, item := range q.OrderBy {
		ordered[l.info.Positions[item.Expr]] = true
	}
	for i, o := range l.info.Outputs[q.Body] {
		if !ordered[o] {
			out.OrderBy = append(out.OrderBy, orderItem(number(i+1), &ast.OrderItem{}))
		}
	}
}

// windowTies are the order keys that break ties in a window: all columns of the
// row, or of the group where the SELECT groups.
func (l *lowering) windowTies(w *bind.Window) []*ast.OrderItem {
	keys := l.rowColumns()
	used := append(append([]ast.Expr{}, l.exprs(w.PartitionBy)...), orderExprs(l, w.OrderBy)...)
	var out []*ast.OrderItem
	for _, k := range keys {
		if !containsExpr(used, k) {
			out = append(out, orderItem(k, &ast.OrderItem{}))
			used = append(used, k)
		}
	}
	return out
}

func orderExprs(l *lowering, items []*ast.OrderItem) []ast.Expr {
	out := make([]ast.Expr, len(items))
	for i, o := range items {
		out[i] = l.expr(o.Expr)
	}
	return out
}

func containsExpr(list []ast.Expr, e ast.Expr) bool {
	for _, x := range list {
		if ast.Equal(x, e) {
			return true
		}
	}
	return false
}

// rowColumns lists what tells the rows of the innermost SELECT apart. A grouped
// SELECT's rows are told apart by what they group by and, under grouping sets, by
// which of it they add up: its keys are NULL in both kinds of row.
func (l *lowering) rowColumns() []ast.Expr {
	var out []ast.Expr
	if l.sel.Grouped {
		for _, k := range l.sel.Keys {
			key := l.key(k)
			out = append(out, key)
			if l.sel.Sets && !isConstant(key) {
				out = append(out, call("grouping", key))
			}
		}
		return out
	}
	for _, it := range l.sel.Items {
		for _, c := range it.Columns {
			out = append(out, l.column(c))
		}
	}
	return out
}

// orderDecides reports a window call whose answer depends on which of two tied
// rows comes first.
func orderDecides(f *function.Func, w *bind.Window) bool {
	switch f.Name {
	case "rank", "dense_rank", "percent_rank", "cume_dist", "ratio_to_report":
		return false
	case "row_number", "ntile", "lag", "lead", "first_value", "last_value", "nth_value":
		return true
	}
	return w.Frame != nil && w.Frame.Mode == ast.Rows && !wholePartition(w.Frame)
}

func wholePartition(f *ast.Frame) bool {
	return f.Low.Kind == ast.UnboundedPreceding && f.High.Kind == ast.UnboundedFollowing
}
