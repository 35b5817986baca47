package bind

import (
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// query binds a whole query inside the scope of the query around it, and returns
// its outputs. Their types may still be Unknown; see [binder.settle].
func (b *binder) query(q *ast.Query, outer *scope, with *ctes) []*Output {
	if q.With != nil {
		with = b.with(q.With, outer, with)
	}
	outputs, s := b.body(q.Body, outer, with)
	b.info.Outputs[q] = outputs
	if sel, ok := q.Body.(*ast.Select); ok && sel.Top != nil && q.Limit != nil {
		b.fail(q.Limit, fault.Syntax, "keep one of them", "TOP and LIMIT say the same and do not go together")
	}
	b.orderBy(q, outputs, s)
	for _, e := range []ast.Expr{q.Limit, q.Offset} {
		b.count(e, &scope{parent: outer, with: with})
	}
	return outputs
}

// count binds LIMIT, OFFSET or TOP: a whole number.
func (b *binder) count(e ast.Expr, s *scope) {
	if e == nil {
		return
	}
	t := b.expr(e, &scope{parent: s.parent, with: s.with, place: inLimit})
	if t.Kind == schema.Unknown {
		b.convert(e, types.BigInt)
	} else if !t.IsInteger() {
		b.fail(e, fault.Type, "write a whole number", "LIMIT, OFFSET and TOP take a whole number, not %s", t)
	} else if n, ok := intLiteral(e); ok && n < 0 {
		b.fail(e, fault.Type, "write a number that is not negative", "a number of rows cannot be %d", n)
	}
}

// body binds a query's body. The scope is that of a plain SELECT, for its ORDER
// BY, and nil for the others.
func (b *binder) body(body ast.Body, outer *scope, with *ctes) ([]*Output, *scope) {
	var outputs []*Output
	var s *scope
	switch body := body.(type) {
	case *ast.Select:
		outputs, s = b.selects(body, outer, with)
	case *ast.SetOp:
		outputs = b.setOp(body, outer, with)
	case *ast.Values:
		outputs = b.values(body, outer, with)
	case *ast.Query:
		outputs = b.query(body, outer, with)
	}
	b.info.Outputs[body] = outputs
	return outputs, s
}

// with binds common table expressions, each in sight of those before it.
func (b *binder) with(w *ast.With, outer *scope, chain *ctes) *ctes {
	names := map[string]bool{}
	for _, c := range w.CTEs {
		if names[c.Name.Name] {
			b.fail(c, fault.Name, "give one of them another name", "WITH names %q twice", c.Name.Name)
		}
		names[c.Name.Name] = true
		entry := &ctes{name: c.Name.Name, cte: c}
		if set, ok := c.Query.Body.(*ast.SetOp); ok && w.Recursive && refersTo(c.Query, c.Name.Name) {
			entry.recursive = true
			entry.outputs = b.recursive(c, set, outer, chain)
		} else {
			entry.outputs = b.query(c.Query, outer, chain)
			b.settle(entry.outputs)
			entry.outputs = b.rename(c, entry.outputs)
		}
		entry.parent = chain
		chain = entry
	}
	return chain
}

// refersTo reports whether a query names a relation without schema.
func refersTo(q *ast.Query, name string) bool {
	found := false
	ast.Inspect(q, func(n ast.Node) bool {
		if t, ok := n.(*ast.TableName); ok && len(t.Name) == 1 && t.Name[0].Name == name {
			found = true
		}
		return !found
	})
	return found
}

// rename gives a common table expression's outputs the names it lists.
func (b *binder) rename(c *ast.CTE, outputs []*Output) []*Output {
	if len(c.Columns) > len(outputs) {
		b.fail(c, fault.Name, "", "%q has %d columns, and its list names %d", c.Name.Name, len(outputs), len(c.Columns))
	}
	renamed := make([]*Output, len(outputs))
	for i, o := range outputs {
		copied := *o
		if i < len(c.Columns) {
			copied.Name = c.Columns[i].Name
		}
		renamed[i] = &copied
	}
	return renamed
}

// recursive binds WITH RECURSIVE: the first part gives names and types, and the
// second sees them under the expression's own name ("WITH clause").
func (b *binder) recursive(c *ast.CTE, set *ast.SetOp, outer *scope, chain *ctes) []*Output {
	if set.Op != ast.Union || !set.All {
		b.fail(c, fault.Unsupported, "join its parts with UNION ALL", "the recursive query %q is not a UNION ALL", c.Name.Name)
	}
	first, _ := b.body(set.Left, outer, chain)
	b.settle(first)
	visible := b.rename(c, first)
	self := &ctes{parent: chain, name: c.Name.Name, cte: c, outputs: visible}
	second, _ := b.body(set.Right, outer, self)
	if !b.sameWidth(set, first, second) {
		return visible
	}
	for i, o := range second {
		if !types.Implicit(o.Type, first[i].Type) {
			b.fail(o.Expr, fault.Type, "cast it to "+first[i].Type.String(), "column %d of the recursive part is %s, and %s in the first part",
				i+1, o.Type, first[i].Type)
		}
		b.coerce(set.Right, i, first[i].Type)
		all := sourceSet{}
		all.add(visible[i].Sources...)
		all.add(o.Sources...)
		visible[i].Sources = all.sorted()
	}
	b.info.Outputs[set], b.info.Outputs[c.Query] = first, first
	return visible
}

// setOp binds UNION, INTERSECT and EXCEPT: the names of the left side, the
// common type of each column.
func (b *binder) setOp(set *ast.SetOp, outer *scope, with *ctes) []*Output {
	left, _ := b.body(set.Left, outer, with)
	right, _ := b.body(set.Right, outer, with)
	if !b.sameWidth(set, left, right) {
		return left
	}
	outputs := make([]*Output, len(left))
	for i, l := range left {
		r := right[i]
		t, ok := types.Common(l.Type, r.Type)
		if !ok {
			b.fail(r.Expr, fault.Type, "cast one of them to the type of the other",
				"column %d is %s on the left and %s on the right of the set operation", i+1, l.Type, r.Type)
			t = l.Type
		}
		b.coerce(set.Left, i, t)
		b.coerce(set.Right, i, t)
		sources := sourceSet{}
		sources.add(l.Sources...)
		if set.Op != ast.Except {
			sources.add(r.Sources...)
		}
		outputs[i] = &Output{Name: l.Name, Named: l.Named, Expr: longest(l.Expr, r.Expr), Type: t, Sources: sources.sorted(), Position: i}
	}
	return outputs
}

func (b *binder) sameWidth(set *ast.SetOp, left, right []*Output) bool {
	if len(left) != len(right) {
		b.fail(set.Right, fault.Type, "select as many columns on both sides",
			"the set operation has %d columns on the left and %d on the right", len(left), len(right))
		return false
	}
	return true
}

// coerce converts output i of a body to a type, in every SELECT below it.
func (b *binder) coerce(body ast.Body, i int, t schema.Type) {
	switch body := body.(type) {
	case *ast.Select:
		b.convert(b.info.Selects[body].Outputs[i].Expr, t)
	case *ast.Values:
		for _, r := range body.Rows {
			if i < len(r.Items) {
				b.convert(r.Items[i], t)
			}
		}
	case *ast.SetOp:
		b.coerce(body.Left, i, t)
		b.coerce(body.Right, i, t)
	case *ast.Query:
		b.coerce(body.Body, i, t)
	}
	if outputs := b.info.Outputs[body]; i < len(outputs) {
		outputs[i].Type = t
	}
}

// longest is the first of two expressions that one output has, or the second if
// it is a string literal and the first is none, or a shorter one: while nothing
// else decides a column's type, its longest literal does.
func longest(a, b ast.Expr) ast.Expr {
	text, ok := b.(*ast.StringLit)
	if !ok {
		return a
	}
	switch first := a.(type) {
	case *ast.NullLit:
		return b
	case *ast.StringLit:
		if len(text.Value) > len(first.Value) {
			return b
		}
	}
	return a
}

// settle gives outputs that are still Unknown the type VARCHAR, as Redshift does
// where nothing else decides.
func (b *binder) settle(outputs []*Output) {
	for _, o := range outputs {
		if o.Type.Kind != schema.Unknown {
			continue
		}
		o.Type = types.Varchar
		if o.Expr == nil {
			continue
		}
		if lit, ok := o.Expr.(*ast.StringLit); ok {
			o.Type = types.VarcharN(len(lit.Value))
		}
		b.convert(o.Expr, types.Varchar)
	}
}

// values binds VALUES: columns column1, column2, ... of common types.
func (b *binder) values(v *ast.Values, outer *scope, with *ctes) []*Output {
	s := &scope{parent: outer, with: with, place: inValues}
	var outputs []*Output
	for i, row := range v.Rows {
		if i > 0 && len(row.Items) != len(outputs) {
			b.fail(row, fault.Type, "give every row the same number of values", "the row has %d values, the first has %d", len(row.Items), len(outputs))
			continue
		}
		for j, e := range row.Items {
			t := b.expr(e, s)
			if i == 0 {
				outputs = append(outputs, &Output{Name: "column" + itoa(j+1), Named: true, Expr: e, Type: t, Position: j})
				continue
			}
			common, ok := types.Common(outputs[j].Type, t)
			if !ok {
				b.fail(e, fault.Type, "cast it to "+outputs[j].Type.String(), "the value is %s, and %s in the rows before", t, outputs[j].Type)
				continue
			}
			outputs[j].Type = common
			outputs[j].Expr = longest(outputs[j].Expr, e)
		}
	}
	b.info.Outputs[v] = outputs
	for j, o := range outputs {
		b.coerce(v, j, o.Type)
	}
	return outputs
}

// orderBy binds ORDER BY: an output by number or name first, then, over a plain
// SELECT, an expression of its FROM ("ORDER BY clause").
func (b *binder) orderBy(q *ast.Query, outputs []*Output, s *scope) {
	for _, item := range q.OrderBy {
		if o, done := b.outputKey(item.Expr, outputs, "ORDER BY"); done {
			if o != nil {
				b.info.Positions[item.Expr] = o
			}
			continue
		}
		if s == nil {
			b.fail(item.Expr, fault.Name, "order by an output column's name or number",
				"ORDER BY over a set operation takes output columns only")
			continue
		}
		in := s.at(inOrderBy)
		b.key(item.Expr, in)
		sel := q.Body.(*ast.Select)
		if b.has(item.Expr, isAggregate) && !b.info.Selects[sel].Grouped {
			b.fail(item.Expr, fault.Type, "add GROUP BY", "ORDER BY has an aggregate, and the query does not group")
			continue
		}
		b.checkGrouped(sel, item.Expr, in)
		if o := b.amongOutputs(item.Expr, outputs); o != nil {
			b.info.Positions[item.Expr] = o
		} else if sel.Distinct {
			b.fail(item.Expr, fault.Type, "add it to the select list", "ORDER BY of SELECT DISTINCT takes only what the select list has")
		}
	}
}

// key binds an expression that orders or groups.
func (b *binder) key(e ast.Expr, s *scope) schema.Type {
	t := b.expr(e, s)
	if t.Kind == schema.Unknown {
		b.convert(e, types.Varchar)
	}
	return t
}

// outputKey reads a GROUP BY or ORDER BY key as an output: by number, or by
// name where the key is a bare name. Done is set where the key was one, even a
// wrong one.
func (b *binder) outputKey(e ast.Expr, outputs []*Output, clause string) (o *Output, done bool) {
	switch e := e.(type) {
	case *ast.NumberLit:
		n, ok := wholeNumber(e)
		if !ok || n < 1 || n > len(outputs) {
			b.fail(e, fault.Name, "", "%s position %s is not in the select list, which has %d columns", clause, e.Text, len(outputs))
			return nil, true
		}
		return outputs[n-1], true
	case *ast.ColumnRef:
		if len(e.Name) != 1 {
			return nil, false
		}
		var found *Output
		for _, out := range outputs {
			if out.Name != e.Name[0].Name {
				continue
			}
			if found != nil && !b.same(found.Expr, out.Expr) {
				b.fail(e, fault.Name, clause+" can take its number instead", "%s column %q is ambiguous", clause, out.Name)
				return nil, true
			}
			found = out
		}
		return found, found != nil
	}
	return nil, false
}
