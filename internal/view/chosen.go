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
// table expression. It stays one, but for columns that stand in several places.
func choose(q *ast.Query, same map[*ast.Subquery]*ast.CTE) {
	uses := map[*ast.CTE]int{}
	for _, cte := range same {
		uses[cte]++
	}
	c := &chooser{shared: func(t *ast.Subquery) bool { return same[t] != nil && uses[same[t]] > 1 }}
	for c.changed = true; c.changed; {
		c.changed = false
		c.flatten(q)
		ast.Inspect(q, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Subquery: // in FROM, where columns get the types that they have in it
				c.flatten(n.Query)
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
	byNumber := func(o *ast.OrderItem) bool { _, ok := o.Expr.(*ast.NumberLit); return ok }
	outer, ok := q.Body.(*ast.Select)
	if !ok || len(outer.From) != 1 || !all(q.OrderBy, byNumber) {
		return
	}
	bare := &ast.Select{Span: outer.Span, Items: outer.Items, From: outer.From}
	t, ok := outer.From[0].(*ast.Subquery)
	if !ok || !ast.Equal(outer, bare) || c.shared(t) || t.Query.Limit != nil || t.Query.Offset != nil {
		return
	}
	inner, ok := t.Query.Body.(*ast.Select)
	if !ok || inner.Qualify == nil || len(windowsIn(inner.Qualify)) == 0 || inner.Distinct {
		return
	}
	if items, ok := picked(outer, t.Alias.Name.Name, inner); ok {
		flat := *inner
		flat.Items = items
		q.Body, c.changed = &flat, true
	}
}

// picked are the outputs of a SELECT that names columns of a subquery, as the subquery
// makes them. It is not ok if it does more, or leaves out what may be an aggregate, which
// alone may say that there are groups.
func picked(outer *ast.Select, alias string, inner *ast.Select) (items []*ast.SelectItem, ok bool) {
	named := map[string]bool{}
	for _, it := range outer.Items {
		of, name, plain := plainColumn(it.Expr)
		made := itemNamed(inner.Items, name)
		if !plain || of != alias || ast.HasQuery(made) {
			return nil, false
		}
		items, named[name] = append(items, item(ast.Clone(made), it.Alias.Name)), true
	}
	grouped := inner.GroupBy != nil || inner.Having != nil
	return items, all(inner.Items, func(it *ast.SelectItem) bool { return grouped || named[it.Alias.Name] || !mayGroup(it.Expr) })
}

// mayGroup reports a call of what may be an aggregate.
func mayGroup(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		call, ok := n.(*ast.FuncCall)
		found = found || ok && call.Over == nil
		return !found
	})
	return found
}

// all reports that something holds for all of a list.
func all[T any](list []T, holds func(T) bool) bool {
	return !slices.ContainsFunc(list, func(x T) bool { return !holds(x) })
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
	if len(left) == len(on) {
		return
	}
	at := ast.Span{Start: j.On.Pos(), Stop: j.On.End()} // where faults of the condition are told
	switch both := allOf(left...).(type) {
	case nil:
		j.On = &ast.BoolLit{Span: at, Value: true}
	case *ast.Binary:
		j.On = &ast.Binary{Span: at, Op: both.Op, Left: both.Left, Right: both.Right}
	default:
		j.On = both
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
			alone = alone && plain && of == alias && settled(made)
			call, isCall := made.(*ast.FuncCall)
			window = window || isCall && call.Over != nil
			return false
		case *ast.Binary:
			// Others, as a division, may fail for rows that another condition leaves out.
			alone = alone && slices.Contains([]ast.BinaryOp{ast.And, ast.Or, ast.Eq, ast.NotEq, ast.Less, ast.LessEq, ast.Greater, ast.GreaterEq, ast.Add, ast.Sub}, n.Op)
		case *ast.Unary:
			alone = alone && slices.Contains([]ast.UnaryOp{ast.Not, ast.Neg, ast.Plus}, n.Op)
		case *ast.Is, *ast.IsDistinct, *ast.Between, *ast.InList, *ast.NumberLit, *ast.StringLit, *ast.BoolLit, *ast.NullLit:
		default:
			alone = false
		}
		return alone
	})
	return alone && window
}

// settled reports an expression whose type does not depend on what it is compared with, as
// that of a text in quotes does, which is a VARCHAR only as the column of a subquery.
func settled(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ColumnRef, *ast.Star, *ast.NumberLit:
		return true
	case *ast.Cast:
		return !ast.HasQuery(e.X)
	case *ast.FuncCall:
		return e.Over != nil && !ast.HasQuery(e) && all(e.Args, settled)
	}
	return false
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
