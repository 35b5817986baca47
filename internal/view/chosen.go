package view

import (
	"slices"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// Rows are often numbered in a subquery and chosen outside of it:
//
//	SELECT id, state FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY at DESC) AS n FROM t) WHERE n = 1
//
// What is asked there of the columns of one subquery, a window's among them, is moved into
// its QUALIFY, which means the same: the stage that numbers the rows then keeps those that
// are chosen, and often makes them of its own. A SELECT that does no more than name columns
// of such a subquery goes, with what it does not name.

// choose does so within a plain form, of whose subqueries same tells which were one common
// table expression.
func choose(q *ast.Query, same map[*ast.Subquery]*ast.CTE) {
	uses := map[*ast.CTE]int{}
	for _, cte := range same {
		uses[cte]++
	}
	c := &chooser{shared: func(t *ast.Subquery) bool { return same[t] != nil && uses[same[t]] > 1 }}
	for c.changed = true; c.changed; {
		c.changed = false
		ast.Inspect(q, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Query:
				c.flatten(n)
			case *ast.Select:
				c.filtered(n)
			case *ast.Join:
				c.joined(n)
			}
			return true
		})
	}
}

// chooser rewrites subqueries that are not shared. What one rewriting changed may allow
// another above it.
type chooser struct {
	shared  func(*ast.Subquery) bool
	changed bool
}

// filtered moves what it can of the WHERE of a SELECT.
func (c *chooser) filtered(sel *ast.Select) {
	if sel.ConnectBy != nil {
		return
	}
	where := conjuncts(sel.Where)
	left := where
	for _, t := range sel.From {
		left = c.moved(left, t)
	}
	if len(left) < len(where) {
		sel.Where = allOf(left...)
	}
}

// flatten makes a query that names columns of a subquery with QUALIFY, and does nothing
// else, that subquery.
func (c *chooser) flatten(q *ast.Query) {
	outer, ok := q.Body.(*ast.Select)
	if !ok || len(outer.From) != 1 {
		return
	}
	t, ok := outer.From[0].(*ast.Subquery)
	if !ok || c.shared(t) || t.Query.Limit != nil || t.Query.Offset != nil {
		return
	}
	inner, ok := t.Query.Body.(*ast.Select)
	if !ok || inner.Qualify == nil || inner.Distinct {
		return
	}
	bare := &ast.Select{Span: outer.Span, Items: outer.Items, From: outer.From}
	if !ast.Equal(outer, bare) {
		return
	}
	items := make([]*ast.SelectItem, len(outer.Items))
	named := map[string]bool{}
	for i, it := range outer.Items {
		alias, name, plain := plainColumn(it.Expr)
		if !plain || alias != t.Alias.Name.Name {
			return
		}
		items[i], named[name] = item(ast.Clone(itemNamed(inner.Items, name)), it.Alias.Name), true
	}
	for _, it := range inner.Items {
		if !named[it.Alias.Name] && mayGroup(it.Expr) {
			return
		}
	}
	flat := *inner
	flat.Items = items
	q.Body, c.changed = &flat, true
}

// mayGroup reports a call of what may be an aggregate, without which rows may not be grouped.
func mayGroup(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		call, ok := n.(*ast.FuncCall)
		found = found || ok && call.Over == nil
		return !found
	})
	return found
}

// joined moves what it can of the condition of a join. What that asks of the optional side
// of an outer join chooses among the rows of that side as well.
func (c *chooser) joined(j *ast.Join) {
	on := conjuncts(j.On)
	left := on
	if j.Kind == ast.InnerJoin || j.Kind == ast.RightJoin {
		left = c.moved(left, j.Left)
	}
	if j.Kind == ast.InnerJoin || j.Kind == ast.LeftJoin {
		left = c.moved(left, j.Right)
	}
	switch {
	case len(left) == 0 && len(on) > 0:
		j.On = &ast.BoolLit{Value: true}
	case len(left) < len(on):
		j.On = allOf(left...)
	}
}

// moved moves conditions that hold for the rows of an entry of FROM into the subqueries
// that they are about, and returns the others.
func (c *chooser) moved(conditions []ast.Expr, t ast.TableExpr) []ast.Expr {
	switch t := t.(type) {
	case *ast.Join:
		if t.Kind != ast.RightJoin && t.Kind != ast.FullJoin {
			conditions = c.moved(conditions, t.Left)
		}
		if t.Kind != ast.LeftJoin && t.Kind != ast.FullJoin {
			conditions = c.moved(conditions, t.Right)
		}
	case *ast.Subquery:
		sel, ok := t.Query.Body.(*ast.Select)
		if !ok || t.Query.Limit != nil || t.Query.Offset != nil || sel.Distinct || sel.ConnectBy != nil || c.shared(t) {
			return conditions
		}
		return slices.DeleteFunc(slices.Clone(conditions), func(condition ast.Expr) bool {
			asked := asksWindow(condition, t.Alias.Name.Name, sel)
			if asked {
				c.changed = true
				sel.Qualify = allOf(append(conjuncts(sel.Qualify), asMade(condition, sel))...)
			}
			return asked
		})
	}
	return conditions
}

// asksWindow reports a condition that compares columns of a subquery, a window's among
// them, with each other and with constants.
func asksWindow(condition ast.Expr, alias string, sel *ast.Select) bool {
	alone, window := true, false
	ast.Inspect(condition, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ColumnRef:
			of, name, plain := plainColumn(n)
			made := itemNamed(sel.Items, name)
			alone = alone && plain && of == alias && made != nil
			call, isCall := made.(*ast.FuncCall)
			window = window || isCall && call.Over != nil
			return false
		case *ast.Binary, *ast.Unary, *ast.Is, *ast.IsDistinct, *ast.Between, *ast.InList, *ast.NumberLit, *ast.StringLit, *ast.BoolLit, *ast.NullLit:
		default:
			alone = false
		}
		return alone
	})
	return alone && window
}

// asMade is a condition on the columns of a subquery in the words of its SELECT.
func asMade(condition ast.Expr, sel *ast.Select) ast.Expr {
	return ast.Rewrite(condition, func(_, now ast.Node) ast.Node {
		if ref, ok := now.(*ast.ColumnRef); ok {
			_, name, _ := plainColumn(ref)
			return ast.Clone(itemNamed(sel.Items, name))
		}
		return now
	})
}
