package print

import "github.com/atolldata/atoll/internal/sql/ast"

func (p *printer) table(t ast.TableExpr) {
	switch t := t.(type) {
	case *ast.TableName:
		p.name(t.Name)
		p.alias(t.Alias, t.At)
	case *ast.Subquery:
		if t.Lateral {
			p.text("LATERAL ")
		}
		p.block(t.Query)
		p.alias(t.Alias, ast.Ident{})
	case *ast.TableFunc:
		p.call(t.Call, true)
		if t.WithOffset {
			p.text(" WITH OFFSET")
		}
		p.alias(t.Alias, ast.Ident{})
	case *ast.SuperTable:
		if t.Unpivot {
			p.text("UNPIVOT ")
		}
		p.expr(t.Value)
		p.alias(t.Alias, t.At)
	case *ast.Join:
		p.join(t)
	case *ast.Pivot:
		p.joined(t.Source)
		p.text(" PIVOT ")
		p.inside(func() {
			p.item(t.Aggregate)
			p.line()
			p.text("FOR ")
			p.expr(t.For)
			p.pivotList(t.In)
		})
		p.alias(t.Alias, ast.Ident{})
	case *ast.Unpivot:
		p.joined(t.Source)
		p.text(" UNPIVOT ")
		if t.IncludeNulls {
			p.text("INCLUDE NULLS ")
		}
		p.inside(func() {
			p.ident(t.Value.Name)
			p.line()
			p.text("FOR ")
			p.ident(t.Name.Name)
			p.pivotList(t.In)
		})
		p.alias(t.Alias, ast.Ident{})
	}
}

// alias prints AS name (columns) AT name, as far as it is there.
func (p *printer) alias(a ast.Alias, at ast.Ident) {
	if a.Name.Name != "" {
		p.text(" AS ")
		p.ident(a.Name.Name)
		if len(a.Columns) > 0 {
			p.text(" ")
			p.names(a.Columns)
		}
	}
	if at.Name != "" {
		p.text(" AT ")
		p.ident(at.Name)
	}
}

var joins = map[ast.JoinKind]string{
	ast.InnerJoin: "JOIN", ast.LeftJoin: "LEFT JOIN", ast.RightJoin: "RIGHT JOIN",
	ast.FullJoin: "FULL JOIN", ast.CrossJoin: "CROSS JOIN",
}

// join prints a chain of joins; a join on the right side gets parentheses.
func (p *printer) join(j *ast.Join) {
	chain := []*ast.Join{j}
	for {
		left, ok := chain[len(chain)-1].Left.(*ast.Join)
		if !ok {
			break
		}
		chain = append(chain, left)
	}
	p.group(0)
	p.table(chain[len(chain)-1].Left)
	for i := len(chain) - 1; i >= 0; i-- {
		j := chain[i]
		p.line()
		if j.Natural {
			p.text("NATURAL ")
		}
		p.text(joins[j.Kind] + " ")
		p.joined(j.Right)
		if j.On != nil {
			p.group(2)
			p.text(" ON ")
			p.expr(j.On)
			p.end()
		}
		if len(j.Using) > 0 {
			p.text(" USING ")
			p.names(j.Using)
		}
	}
	p.end()
}

// joined prints an item that must not run into what follows it.
func (p *printer) joined(t ast.TableExpr) {
	if _, ok := t.(*ast.Join); ok {
		p.inside(func() { p.table(t) })
		return
	}
	p.table(t)
}

func (p *printer) pivotList(items []*ast.SelectItem) {
	p.text(" IN ")
	p.inside(func() { list(p, items, p.item) })
}
