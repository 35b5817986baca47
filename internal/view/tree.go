package view

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// This file has short forms of the nodes that plans are made of.

func column(alias, name string) *ast.ColumnRef { return &ast.ColumnRef{Name: ast.NewName(alias, name)} }

func item(e ast.Expr, name string) *ast.SelectItem {
	return &ast.SelectItem{Expr: e, Alias: ast.Ident{Name: name}}
}

func number(text string) *ast.NumberLit { return &ast.NumberLit{Text: text} }

func call(name string, args ...ast.Expr) *ast.FuncCall {
	return &ast.FuncCall{Name: ast.NewName(name), Args: args}
}

func star() *ast.FuncCall { return call("count", &ast.Star{}) }

func castTo(e ast.Expr, t schema.Type) ast.Expr {
	return &ast.Cast{Style: ast.CastCall, X: e, Type: &ast.TypeName{Type: t}}
}

func binary(op ast.BinaryOp, l, r ast.Expr) ast.Expr { return &ast.Binary{Op: op, Left: l, Right: r} }

func equals(l, r ast.Expr) ast.Expr { return binary(ast.Eq, l, r) }

func sameValue(l, r ast.Expr) ast.Expr { return &ast.IsDistinct{Left: l, Right: r, Not: true} }

func isNull(e ast.Expr) ast.Expr { return &ast.Is{X: e, What: ast.IsNull} }

func notNull(e ast.Expr) ast.Expr { return &ast.Is{X: e, Not: true, What: ast.IsNull} }

// when is CASE WHEN cond THEN then ELSE otherwise END; otherwise may be nil.
func when(cond, then, otherwise ast.Expr) ast.Expr {
	return &ast.Case{Whens: []*ast.When{{Cond: cond, Then: then}}, Else: otherwise}
}

// allOf joins conditions with AND, anyOf with OR; nil ones are left out.
func allOf(conditions ...ast.Expr) ast.Expr { return chain(ast.And, conditions) }
func anyOf(conditions ...ast.Expr) ast.Expr { return chain(ast.Or, conditions) }

func chain(op ast.BinaryOp, conditions []ast.Expr) ast.Expr {
	var out ast.Expr
	for _, c := range conditions {
		switch {
		case c == nil:
		case out == nil:
			out = c
		default:
			out = binary(op, out, c)
		}
	}
	return out
}

// conjuncts are the parts of a condition that AND joins.
func conjuncts(e ast.Expr) []ast.Expr {
	if b, ok := e.(*ast.Binary); ok && b.Op == ast.And {
		return append(conjuncts(b.Left), conjuncts(b.Right)...)
	}
	if e == nil {
		return nil
	}
	return []ast.Expr{e}
}

// leafTable is a FROM item that stands for a leaf, under its own alias.
func leafTable(alias string) *ast.TableName {
	return &ast.TableName{Name: ast.NewName(leafSchema, alias), Alias: ast.Alias{Name: ast.Ident{Name: alias}}}
}

// sameExpr reports expressions of the plain form that mean the same.
func sameExpr(a, b ast.Expr) bool { return ast.Equal(canonical(a), canonical(b)) }

// canonical undoes the spellings of casts and calls.
func canonical(e ast.Expr) ast.Expr {
	return ast.Rewrite(e, func(_, now ast.Node) ast.Node {
		switch n := now.(type) {
		case *ast.Cast:
			c := *n
			c.Style = ast.ColonCast
			return &c
		case *ast.FuncCall:
			c := *n
			c.Form = ast.PlainForm
			return &c
		}
		return now
	})
}

// readsOf are the aliases that an expression reads, subqueries included.
func readsOf(e ast.Node) map[string]bool {
	out := map[string]bool{}
	if e == nil {
		return out
	}
	ast.Inspect(e, func(n ast.Node) bool {
		if ref, ok := n.(*ast.ColumnRef); ok && len(ref.Name) > 1 {
			out[ref.Name[0].Name] = true
		}
		return true
	})
	return out
}

// plainColumn is the alias and name of an expression that is just a column.
func plainColumn(e ast.Expr) (alias, name string, ok bool) {
	ref, ok := e.(*ast.ColumnRef)
	if !ok || len(ref.Name) != 2 {
		return "", "", false
	}
	return ref.Name[0].Name, ref.Name[1].Name, true
}
