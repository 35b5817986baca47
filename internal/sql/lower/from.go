package lower

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
)

// from lowers FROM and WHERE.
func (l *lowering) from(sel *ast.Select) ([]ast.TableExpr, ast.Expr) {
	if h := l.info.Selects[sel].Hierarchy; h != nil {
		return []ast.TableExpr{l.table(h)}, l.where(sel.Where)
	}
	if len(l.info.Selects[sel].OuterJoins) > 0 {
		return l.outerJoins(sel)
	}
	var out []ast.TableExpr
	for _, t := range sel.From {
		out = append(out, l.table(t))
	}
	return out, l.where(sel.Where)
}

// outerJoins writes the items that (+) marks as left joins to the others.
func (l *lowering) outerJoins(sel *ast.Select) ([]ast.TableExpr, ast.Expr) {
	info := l.info.Selects[sel]
	optional := map[*bind.Item]bool{}
	for _, o := range info.OuterJoins {
		optional[o.Item] = true
	}
	tables := map[*bind.Item]ast.TableExpr{}
	var out ast.TableExpr
	for _, t := range sel.From {
		it := l.info.Items[t]
		tables[it] = t
		switch {
		case optional[it]:
		case out == nil:
			out = l.table(t)
		default:
			out = &ast.Join{Kind: ast.CrossJoin, Left: out, Right: l.table(t)}
		}
	}
	for _, o := range info.OuterJoins {
		out = &ast.Join{Kind: ast.LeftJoin, Left: out, Right: l.table(tables[o.Item]), On: l.all(o.On)}
	}
	return []ast.TableExpr{out}, l.all(info.Filters)
}

// all joins conditions with AND.
func (l *lowering) all(conditions []ast.Expr) ast.Expr {
	var out ast.Expr
	for _, c := range conditions {
		if out == nil {
			out = l.expr(c)
		} else {
			out = binary(ast.And, out, l.expr(c))
		}
	}
	return out
}

// table lowers one entry of FROM; its columns are renamed where two had the same
// name.
func (l *lowering) table(t ast.TableExpr) ast.TableExpr {
	if j, ok := t.(*ast.Join); ok {
		return l.join(j)
	}
	it := l.info.Items[t]
	alias := ast.Alias{Name: ast.Ident{Name: l.names[it]}}
	if q := l.info.Derived[t]; q != nil {
		return &ast.Subquery{Query: l.query(q, false), Alias: l.withColumns(it, alias)}
	}
	if it.Unnest != nil {
		return &ast.Subquery{Lateral: true, Query: l.unnest(it.Unnest), Alias: l.withColumns(it, alias)}
	}
	switch t := t.(type) {
	case *ast.TableName:
		if it.CTE != nil {
			return &ast.TableName{Name: ast.NewName(it.CTE.Name.Name), Alias: l.withColumns(it, alias)}
		}
		if len(t.Alias.Columns) > 0 {
			alias = l.withColumns(it, alias)
		}
		return &ast.TableName{Name: l.relationName(it.Relation), Alias: alias}
	case *ast.Subquery:
		return &ast.Subquery{Query: l.query(t.Query, false), Alias: l.withColumns(it, alias)}
	}
	return t
}

func (l *lowering) withColumns(it *bind.Item, alias ast.Alias) ast.Alias {
	for _, name := range l.columns[it] {
		alias.Columns = append(alias.Columns, ast.Ident{Name: name})
	}
	return alias
}

// join lowers a join; USING and NATURAL become the conditions that they mean.
func (l *lowering) join(j *ast.Join) ast.TableExpr {
	out := &ast.Join{Kind: j.Kind, Left: l.table(j.Left), Right: l.table(j.Right), On: l.optional(j.On)}
	info := l.info.Joins[j]
	for i, p := range info.Pairs {
		on := binary(ast.Eq, l.columnAs(p[0], info.Types[i]), l.columnAs(p[1], info.Types[i]))
		if out.On == nil {
			out.On = on
		} else {
			out.On = binary(ast.And, out.On, on)
		}
	}
	if out.On == nil && out.Kind != ast.CrossJoin {
		out.On = &ast.BoolLit{Value: true}
	}
	return out
}

// columnAs is a column in the type that a join compares it in.
func (l *lowering) columnAs(c *bind.Column, t schema.Type) ast.Expr {
	return l.convert(nil, l.column(c), c.Type, t)
}

// column is the qualified name of a column, or of a merged one the side that is
// not NULL.
func (l *lowering) column(c *bind.Column) ast.Expr {
	if len(c.Merged) > 0 {
		left, right := l.columnAs(c.Merged[0], c.Type), l.columnAs(c.Merged[1], c.Type)
		switch c.Kind {
		case ast.FullJoin:
			return call("coalesce", left, right)
		case ast.RightJoin:
			return right
		default:
			return left
		}
	}
	for i, other := range c.Item.Columns {
		if other == c {
			return &ast.ColumnRef{Name: ast.NewName(l.names[c.Item], l.columns[c.Item][i])}
		}
	}
	return &ast.ColumnRef{Name: ast.NewName(l.names[c.Item], c.Name)}
}
