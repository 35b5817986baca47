package normal

import (
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// from writes FROM and WHERE. Items that (+) marks become left joins.
func (n *normalizer) from(sel *ast.Select) ([]ast.TableExpr, ast.Expr) {
	info := n.info.Selects[sel]
	if len(info.OuterJoins) > 0 {
		return []ast.TableExpr{n.outerJoins(sel, info)}, n.all(info.Filters)
	}
	var out []ast.TableExpr
	for _, t := range sel.From {
		out = append(out, n.table(t))
	}
	return out, n.optional(sel.Where)
}

// outerJoins joins the items that (+) marks to the others.
func (n *normalizer) outerJoins(sel *ast.Select, info *bind.SelectInfo) ast.TableExpr {
	tables := map[*bind.Item]ast.TableExpr{}
	for _, t := range sel.From {
		tables[n.info.Items[t]] = t
	}
	optional := info.Items[len(info.Items)-len(info.OuterJoins):]
	var out ast.TableExpr
	for _, it := range info.Items[:len(info.Items)-len(optional)] {
		t := n.table(tables[it])
		if out != nil {
			t = &ast.Join{Span: spanOf(t), Kind: ast.CrossJoin, Left: out, Right: t}
		}
		out = t
	}
	for i, it := range optional {
		on := info.OuterJoins[i].On
		out = &ast.Join{Span: spanOf(on[0]), Kind: ast.LeftJoin, Left: out, Right: n.table(tables[it]), On: n.all(on)}
	}
	return out
}

// all joins conditions with AND.
func (n *normalizer) all(conditions []ast.Expr) ast.Expr {
	var out ast.Expr
	for _, c := range conditions {
		out = and(out, n.expr(c))
	}
	return out
}

func and(left, right ast.Expr) ast.Expr {
	if left == nil {
		return right
	}
	return &ast.Binary{Span: spanOf(right), Op: ast.And, Left: left, Right: right}
}

// table writes one entry of FROM.
func (n *normalizer) table(t ast.TableExpr) ast.TableExpr {
	if j, ok := t.(*ast.Join); ok {
		return n.join(j)
	}
	it := n.info.Items[t]
	if it.Unnest != nil {
		return n.unnest(t, it)
	}
	if q := n.info.Derived[t]; q != nil {
		return n.derived(t, q, it)
	}
	if sub, ok := t.(*ast.Subquery); ok {
		return n.derived(t, sub.Query, it)
	}
	if it.CTE != nil {
		return n.cte(t, it)
	}
	return &ast.TableName{Span: spanOf(t), Name: ast.NewName(it.Relation.Schema, it.Relation.Name), Alias: n.alias(it)}
}

func (n *normalizer) alias(it *bind.Item) ast.Alias {
	return ast.Alias{Name: ast.Ident{Name: n.names[it]}}
}

// withColumns is the alias of an item with the names of its columns.
func (n *normalizer) withColumns(it *bind.Item) ast.Alias {
	a := n.alias(it)
	for _, name := range n.columns[it] {
		a.Columns = append(a.Columns, ast.Ident{Name: name})
	}
	return a
}

// derived is a query in FROM whose outputs have the names of an item's columns.
func (n *normalizer) derived(t ast.TableExpr, q *ast.Query, it *bind.Item) *ast.Subquery {
	out := &ast.Subquery{Span: spanOf(t), Query: n.query(q, n.columns[it], false), Alias: n.alias(it)}
	if namesNone(out.Query.Body) {
		out.Alias = n.withColumns(it)
	}
	return out
}

// namesNone reports a body that cannot name its outputs: VALUES does, where a
// set operation takes its names from.
func namesNone(body ast.Body) bool {
	switch b := body.(type) {
	case *ast.SetOp:
		return namesNone(b.Left)
	case *ast.Query:
		return namesNone(b.Body)
	case *ast.Values:
		return true
	}
	return false
}

// cte writes the use of a common table expression.
func (n *normalizer) cte(t ast.TableExpr, it *bind.Item) ast.TableExpr {
	if n.open[it.CTE] {
		n.refuse(it.CTE, "join the table with itself as often as there are levels", "the recursive query %q is recomputed", it.CTE.Name.Name)
		return t
	}
	n.open[it.CTE] = true
	out := n.derived(t, it.CTE.Query, it)
	delete(n.open, it.CTE)
	if standsAlone(out.Query) {
		n.sameAs[out] = it.CTE
	}
	return out
}

// standsAlone reports a plain query that reads no query around it.
func standsAlone(q *ast.Query) bool {
	own := map[string]bool{}
	ast.Inspect(q, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.TableName:
			own[node.Alias.Name.Name] = true
		case *ast.Subquery:
			own[node.Alias.Name.Name] = true
		case *ast.SuperTable:
			own[node.Alias.Name.Name] = true
		case *ast.TableFunc:
			own[node.Alias.Name.Name] = true
		}
		return true
	})
	alone := true
	ast.Inspect(q, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.ColumnRef:
			alone = alone && own[node.Name[0].Name]
		case *ast.TableName: // a SUPER value, or a relation
			alone = alone && (len(node.Alias.Columns) == 0 || own[node.Name[0].Name])
		}
		return alone
	})
	return alone
}

// unnest writes an item that unnests a SUPER value, as a path from a column
// where it is one.
func (n *normalizer) unnest(t ast.TableExpr, it *bind.Item) ast.TableExpr {
	at := ast.Ident{}
	if it.Unnest.At {
		at.Name = n.columns[it][1]
	}
	value := n.expr(it.Unnest.Value)
	ref, isColumn := value.(*ast.ColumnRef)
	switch {
	case it.Unnest.Object:
		return &ast.SuperTable{Span: spanOf(t), Unpivot: true, Value: value, Alias: n.withColumns(it), At: at}
	case isColumn && len(ref.Name) <= 3:
		return &ast.TableName{Span: spanOf(t), Name: ref.Name, Alias: n.withColumns(it), At: at}
	case isPath(value):
		return &ast.SuperTable{Span: spanOf(t), Value: value, Alias: n.withColumns(it), At: at}
	}
	call := &ast.FuncCall{Span: spanOf(value), Name: ast.NewName("unnest"), Args: []ast.Expr{value}}
	return &ast.TableFunc{Span: spanOf(t), Call: call, WithOffset: it.Unnest.At, Alias: n.withColumns(it)}
}

// isPath reports a column, an element of an array in it and so on.
func isPath(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ColumnRef:
		return true
	case *ast.Index:
		return isPath(e.X)
	case *ast.Field:
		return isPath(e.X)
	}
	return false
}

// join writes a join; USING and NATURAL become the conditions that they mean.
func (n *normalizer) join(j *ast.Join) *ast.Join {
	out := &ast.Join{Span: j.Span, Kind: j.Kind, Left: n.table(j.Left), Right: n.table(j.Right), On: n.optional(j.On)}
	for _, p := range n.info.Joins[j].Pairs {
		out.On = and(out.On, &ast.Binary{Span: j.Span, Op: ast.Eq, Left: n.column(p[0], j.Span), Right: n.column(p[1], j.Span)})
	}
	if out.On == nil && out.Kind != ast.CrossJoin {
		out.On = &ast.BoolLit{Span: j.Span, Value: true}
	}
	return out
}
