package bind

import (
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// compareRows binds a comparison of rows, (a, b) = (c, d), value by value. It
// reports false if none of the operands is a row.
func (b *binder) compareRows(at ast.Expr, s *scope, list ...ast.Expr) bool {
	found := false
	for _, e := range list {
		_, ok := e.(*ast.Row)
		found = found || ok
	}
	if !found {
		return false
	}
	rows := make([]*ast.Row, len(list))
	for i, e := range list {
		row, ok := e.(*ast.Row)
		if !ok {
			b.fail(e, fault.Type, "put as many values into parentheses", "a row is compared with rows only")
			return true
		}
		if i > 0 && len(row.Items) != len(rows[0].Items) {
			b.fail(e, fault.Type, "give both as many values", "a row of %d values is compared with one of %d", len(rows[0].Items), len(row.Items))
			return true
		}
		rows[i] = row
	}
	for i := range rows[0].Items {
		column := make([]ast.Expr, len(rows))
		for k, row := range rows {
			column[k] = row.Items[i]
		}
		b.comparison(at, s, column...)
	}
	return true
}

// rowInQuery binds (a, b) IN (query), which is also = ANY, or with NOT <> ALL.
func (b *binder) rowInQuery(e ast.Expr, row *ast.Row, q *ast.Query, s *scope) schema.Type {
	bound := make([]schema.Type, len(row.Items))
	for i, x := range row.Items {
		bound[i] = b.expr(x, s)
	}
	outputs := b.subquery(q, s)
	if len(outputs) != len(row.Items) {
		b.fail(q, fault.Type, "select as many columns", "the subquery has %d columns, and the row has %d values", len(outputs), len(row.Items))
		return types.Boolean
	}
	if c, ok := e.(*ast.Quantified); ok && (c.All || c.Op != ast.Eq) && (!c.All || c.Op != ast.NotEq) {
		b.fail(e, fault.Unsupported, "write IN or NOT IN, or EXISTS with the comparison inside", "rows are compared with a subquery by IN and NOT IN only")
		return types.Boolean
	}
	for i, x := range row.Items {
		b.compareWithOutput(e, x, bound[i], q, i, outputs[i])
	}
	return types.Boolean
}

// compareWithOutput converts an expression and an output of a subquery to the
// type that they are compared in.
func (b *binder) compareWithOutput(at, x ast.Expr, xt schema.Type, q *ast.Query, i int, o *Output) {
	t, ok := types.Comparable(xt, o.Type)
	if !ok {
		b.incomparable(at, xt, o.Type)
		return
	}
	b.convert(x, t)
	if o.Type.Kind != t.Kind {
		b.coerce(q, i, t)
	}
}
