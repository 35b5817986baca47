package bind

import (
	"strconv"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/token"
)

// pivotAggregates are the aggregates that PIVOT takes ("PIVOT and UNPIVOT
// examples", usage notes).
var pivotAggregates = map[string]bool{"count": true, "sum": true, "min": true, "max": true, "avg": true}

// pivot binds PIVOT as the query that it stands for: grouped by the columns that
// it does not name, with an aggregate of its own for each value ("PIVOT and
// UNPIVOT examples").
func (b *binder) pivot(t *ast.Pivot, outer *scope) side {
	s, ok := b.rotated(t.Source, "PIVOT", outer)
	values := make([]ast.Expr, len(t.In))
	for i, in := range t.In {
		values[i] = in.Expr
		ok = b.isConstant(in.Expr) && ok
	}
	if ok {
		before := len(b.faults)
		b.aggregateOf(t, s)
		b.comparison(t.For, s, append([]ast.Expr{t.For}, values...)...)
		ok = len(b.faults) == before
	}
	if !ok {
		return b.item(t, &Item{Name: t.Alias.Name.Name, aliased: true, broken: true}, nil, ast.Alias{})
	}
	sel := &ast.Select{Span: t.Span, From: []ast.TableExpr{t.Source}}
	b.keepColumns(sel, s, t.For, t.Aggregate.Expr)
	if len(sel.Items) > 0 {
		sel.GroupBy = &ast.GroupBy{Span: t.Span}
		for i := range sel.Items {
			sel.GroupBy.Items = append(sel.GroupBy.Items, position(i, t.Span))
		}
	}
	for _, in := range t.In {
		call := ast.Clone(t.Aggregate.Expr.(*ast.FuncCall))
		call.Filter = isValue(ast.Clone(t.For), ast.Clone(in.Expr))
		sel.Items = append(sel.Items, &ast.SelectItem{Span: in.Span, Expr: call, Alias: ast.Ident{Name: pivotName(t, in)}})
	}
	return b.derived(t, sel, s, t.Alias)
}

// rotated binds what PIVOT or UNPIVOT is applied to into a scope of its own. It
// reports false if that is not allowed or not known.
func (b *binder) rotated(source ast.TableExpr, what string, outer *scope) (*scope, bool) {
	s := newScope(outer.parent, outer.with)
	before := len(b.faults)
	switch source := source.(type) {
	case *ast.Subquery:
		b.from([]ast.TableExpr{source}, s)
	case *ast.TableName:
		if c := outer.with.find(source.Name.Last()); len(source.Name) == 1 && c != nil && c.recursive {
			b.fail(source, fault.Unsupported, "select from it in a subquery", "%s cannot be applied to a recursive query", what)
			return s, false
		}
		if outer.unnested(source.Name) {
			b.fail(source, fault.Unsupported, "unnest in a subquery", "%s cannot be applied to unnested values", what)
			return s, false
		}
		b.from([]ast.TableExpr{source}, s)
	default:
		b.fail(source, fault.Unsupported, "put it into a subquery", "%s is applied to a table or a subquery only", what)
		return s, false
	}
	s.parent = nil // a reference to a query around it is not supported
	return s, len(b.faults) == before && !s.broken()
}

// aggregateOf binds and checks the aggregate of a PIVOT and the column that it
// goes by.
func (b *binder) aggregateOf(t *ast.Pivot, s *scope) {
	call, ok := t.Aggregate.Expr.(*ast.FuncCall)
	if !ok || call.Over != nil || call.Filter != nil || !pivotAggregates[call.Name.Last()] {
		b.fail(t.Aggregate.Expr, fault.Unsupported, "compute the rest in the query around it", "PIVOT takes a call of COUNT, SUM, MIN, MAX or AVG")
		return
	}
	b.expr(call, s.at(inPivot))
}

// isConstant reports whether a value of PIVOT's list can stand there.
func (b *binder) isConstant(e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ColumnRef, *ast.Query:
			ok = false
		}
		return ok
	})
	if !ok {
		b.fail(e, fault.Type, "write the values out", "the values of PIVOT are constants, and no columns or subqueries")
	}
	return ok
}

// isValue is the condition that a column has a value, which may be NULL.
func isValue(column, value ast.Expr) ast.Expr {
	at := ast.Span{Start: value.Pos(), Stop: value.End()}
	switch value.(type) {
	case *ast.NullLit:
		return &ast.Is{Span: at, X: column}
	case *ast.StringLit, *ast.NumberLit, *ast.BoolLit, *ast.TypedLit:
		return &ast.Binary{Span: at, Op: ast.Eq, Left: column, Right: value}
	}
	return &ast.IsDistinct{Span: at, Left: column, Right: value, Not: true}
}

// pivotName names the column of a value: by its alias, or for a constant by the
// constant itself; the alias of the aggregate is appended.
func pivotName(t *ast.Pivot, in *ast.SelectItem) string {
	name := in.Alias.Name
	if name == "" {
		name = constantName(in.Expr)
	}
	if t.Aggregate.Alias.Name != "" {
		name += "_" + t.Aggregate.Alias.Name
	}
	return name
}

func constantName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StringLit:
		return token.Fold(e.Value)
	case *ast.NumberLit:
		return e.Text
	case *ast.NullLit:
		return "null"
	case *ast.BoolLit:
		return strconv.FormatBool(e.Value)
	case *ast.Unary:
		if n, ok := e.X.(*ast.NumberLit); ok && e.Op == ast.Neg {
			return "-" + n.Text
		}
	}
	return noName
}

// keepColumns selects the columns of the rotated item that no expression reads.
func (b *binder) keepColumns(sel *ast.Select, s *scope, exprs ...ast.Expr) {
	read := map[*Column]bool{}
	for _, e := range exprs {
		ast.Inspect(e, func(n ast.Node) bool {
			if ref, ok := n.(*ast.ColumnRef); ok {
				if r := b.info.Refs[ref]; r != nil && r.Column != nil {
					read[r.Column] = true
				}
			}
			return true
		})
	}
	for _, c := range s.items[0].Columns {
		if !read[c] {
			ref := b.columnRef(c, sel.Span)
			sel.Items = append(sel.Items, &ast.SelectItem{Span: sel.Span, Expr: ref, Alias: ast.Ident{Name: c.Name}})
		}
	}
}

// columnRef makes a reference to a column, which needs no resolving.
func (b *binder) columnRef(c *Column, at ast.Span) *ast.ColumnRef {
	ref := &ast.ColumnRef{Span: at, Name: ast.Name{{Span: at, Name: c.Name}}}
	b.info.Refs[ref] = &Ref{Column: c}
	b.info.Types[ref] = c.Type
	return ref
}

// derived binds the query that an entry of FROM stands for, in the scope of its
// own FROM, and makes an item of it.
func (b *binder) derived(t ast.TableExpr, sel *ast.Select, s *scope, alias ast.Alias) side {
	outputs := b.clauses(sel, s)
	b.settle(outputs)
	q := &ast.Query{Span: sel.Span, Body: sel}
	b.info.Outputs[sel], b.info.Outputs[q] = outputs, outputs
	b.info.Derived[t] = q
	return b.item(t, &Item{Name: alias.Name.Name, aliased: true}, outputs, alias)
}

// unpivot binds UNPIVOT as the query that it stands for: the rows of its source
// beside the numbered names, with the value of the column of that name ("PIVOT
// and UNPIVOT examples").
func (b *binder) unpivot(t *ast.Unpivot, outer *scope) side {
	s, ok := b.rotated(t.Source, "UNPIVOT", outer)
	columns := make([]ast.Expr, len(t.In))
	if ok {
		before := len(b.faults)
		for i, in := range t.In {
			columns[i] = in.Expr
		}
		b.common(t, "UNPIVOT", columns, s)
		ok = len(b.faults) == before
	}
	if !ok {
		return b.item(t, &Item{Name: t.Alias.Name.Name, aliased: true, broken: true}, nil, ast.Alias{})
	}
	sel := &ast.Select{Span: t.Span}
	b.keepColumns(sel, s, columns...)
	names := b.unpivotNames(t)
	list := b.table(names, s)
	join := &ast.Join{Span: t.Span, Kind: ast.CrossJoin, Left: t.Source, Right: names}
	b.info.Joins[join] = &JoinInfo{}
	sel.From = []ast.TableExpr{join}
	s.items = append(s.items, list.items...)
	number, name := list.columns[0], list.columns[1]
	value := func() *ast.Case {
		c := &ast.Case{Span: t.Span, Operand: b.columnRef(number, t.Span)}
		for i, column := range columns {
			c.Whens = append(c.Whens, &ast.When{Span: t.Span, Cond: position(i, t.Span), Then: ast.Clone(column)})
		}
		return c
	}
	sel.Items = append(sel.Items,
		&ast.SelectItem{Span: t.Name.Span, Expr: b.columnRef(name, t.Name.Span), Alias: t.Name},
		&ast.SelectItem{Span: t.Value.Span, Expr: value(), Alias: t.Value})
	if !t.IncludeNulls {
		sel.Where = &ast.Is{Span: t.Span, X: value(), Not: true, What: ast.IsNull}
	}
	return b.derived(t, sel, s, t.Alias)
}

func position(i int, at ast.Span) *ast.NumberLit {
	return &ast.NumberLit{Span: at, Text: strconv.Itoa(i + 1)}
}

// unpivotNames lists the names of UNPIVOT's columns, numbered from 1.
func (b *binder) unpivotNames(t *ast.Unpivot) *ast.Subquery {
	values := &ast.Values{Span: t.Span}
	for i, in := range t.In {
		name := in.Alias.Name
		if name == "" {
			name = in.Expr.(*ast.ColumnRef).Name.Last()
		}
		values.Rows = append(values.Rows, &ast.Row{Span: in.Span, Items: []ast.Expr{position(i, in.Span), &ast.StringLit{Span: in.Span, Value: name}}})
	}
	alias := ast.Alias{Name: ast.Ident{Name: "names"}, Columns: []ast.Ident{{Name: "position"}, {Name: "name"}}}
	return &ast.Subquery{Span: t.Span, Query: &ast.Query{Span: t.Span, Body: values}, Alias: alias}
}
