package view

import (
	"slices"
	"time"

	"github.com/atolldata/atoll/internal/sql/ast"
)

// clockIn finds a call of the clock in an expression.
func (p *planner) clockIn(e ast.Expr) *ast.FuncCall {
	var found *ast.FuncCall
	if e == nil {
		return nil
	}
	ast.Inspect(e, func(n ast.Node) bool {
		if c, ok := n.(*ast.FuncCall); ok && p.isClock(c) {
			found = c
		}
		return found == nil
	})
	return found
}

func (p *planner) isClock(c *ast.FuncCall) bool {
	b := p.info.Calls[c]
	return b != nil && b.Func.Now
}

// comparesClock reports a comparison, BETWEEN, or IN, of an expression without the
// clock with ones that read nothing but the clock, and that are not NULL at some labels
// only: so the condition is NULL at one label if it is at another.
func (p *planner) comparesClock(e ast.Expr) bool {
	if p.clockIn(e) == nil {
		return false
	}
	timeless := func(e ast.Expr) bool { return p.clockIn(e) == nil && !ast.HasQuery(e) }
	bound := func(e ast.Expr) bool { return len(readsOf(e)) == 0 && !ast.HasQuery(e) && !p.mayTurnNull(e) }
	switch e := e.(type) {
	case *ast.Binary:
		switch e.Op {
		case ast.Less, ast.LessEq, ast.Greater, ast.GreaterEq, ast.Eq, ast.NotEq:
			return timeless(e.Left) && bound(e.Right) || bound(e.Left) && timeless(e.Right)
		}
	case *ast.Between:
		return timeless(e.X) && bound(e.Low) && bound(e.High)
	case *ast.InList: // in which no value is NULL: with NULL it is NULL where others have none
		return timeless(e.X) && !slices.ContainsFunc(e.List, func(x ast.Expr) bool { return !bound(x) || !p.isKnown(x) })
	}
	return false
}

// isKnown reports a value that cannot be NULL: a literal, or one of the clock that
// cannot turn NULL.
func (p *planner) isKnown(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.StringLit, *ast.NumberLit, *ast.TypedLit:
		return true
	case *ast.Unary:
		return p.isKnown(e.X)
	case *ast.Cast:
		return e.Style != ast.TryCast && p.isKnown(e.X)
	}
	return p.clockIn(e) != nil
}

// steady are the functions whose answer is not NULL where no argument is. Others may find
// nothing, as in an array that has no such element.
var steady = []string{"abs", "add_months", "ceil", "coalesce", "concat", "convert_timezone", "current_date", "current_timestamp", "date",
	"date_part", "date_part_year", "date_trunc", "dateadd", "datediff", "extract", "floor", "getdate", "greatest", "last_day", "least",
	"localtimestamp", "lower", "lpad", "mod", "months_between", "next_day", "now", "round", "sign", "sysdate", "timezone", "to_char",
	"to_date", "to_timestamp", "trunc", "upper"}

// mayTurnNull reports what reads the clock and may be NULL at some labels.
func (p *planner) mayTurnNull(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Case, *ast.NullLit, *ast.Field, *ast.Index:
			found = true
		case *ast.FuncCall:
			b := p.info.Calls[n]
			found = found || b == nil || !slices.Contains(steady, b.Func.Name)
		case *ast.Cast:
			found = found || n.Style == ast.TryCast
		}
		return !found
	})
	return found && p.clockIn(e) != nil
}

// at writes the calls of the clock in one of the branch's conditions as the label
// that they stand for.
func (b *Branch) at(e ast.Expr, label time.Time) ast.Expr {
	return ast.Rewrite(e, func(old, now ast.Node) ast.Node {
		c, ok := old.(*ast.FuncCall)
		if !ok || !b.isClock(c) {
			return now
		}
		return castTo(&ast.StringLit{Value: b.info.Calls[c].Func.At(label)}, b.info.Types[c])
	})
}

func (b *Branch) isClock(c *ast.FuncCall) bool {
	bound := b.info.Calls[c]
	return bound != nil && bound.Func.Now
}
