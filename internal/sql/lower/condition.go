package lower

import "github.com/atolldata/atoll/internal/sql/ast"

// conditionMerger is an engine whose parser makes one condition of NOT, AND or OR
// and the condition below: NOT a > 1 becomes a <= 1, and (a AND b) AND c an AND of
// three. A key of GROUP BY below would no longer be found among the keys.
type conditionMerger interface {
	// notKey negates a key of GROUP BY, and leaves NULL as it is.
	notKey(key ast.Expr) ast.Expr
}

func (duckdb) notKey(key ast.Expr) ast.Expr {
	return binary(ast.Eq, key, &ast.BoolLit{Value: false})
}

// apart keeps an operand of AND or OR that is a key of GROUP BY, and the same kind
// of condition itself, from becoming one with it.
func (l *lowering) apart(op ast.BinaryOp, x ast.Expr) ast.Expr {
	if b, ok := x.(*ast.Binary); ok && b.Op == op && l.keys[x] {
		return binary(ast.Eq, x, &ast.BoolLit{Value: true})
	}
	return x
}

// between is BETWEEN. DuckDB takes it for NULL once it finds a bound to be, although
// the other bound alone can make it false.
func (l *lowering) between(e *ast.Between) ast.Expr {
	if _, embedded := l.engine.(duckdb); !embedded || !writesNull(e.Low) && !writesNull(e.High) {
		return &ast.Between{X: l.expr(e.X), Not: e.Not, Low: l.expr(e.Low), High: l.expr(e.High)}
	}
	return negated(e.Not, binary(ast.And,
		binary(ast.GreaterEq, l.expr(e.X), l.expr(e.Low)),
		binary(ast.LessEq, l.expr(e.X), l.expr(e.High))))
}

// writesNull tells whether an expression can be NULL whatever the rows hold: by the
// literal, by a CASE without ELSE, by TRY_CAST or by a function that returns it.
func writesNull(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.NullLit:
			found = true
		case *ast.Case:
			found = found || n.Else == nil
		case *ast.FuncCall:
			found = true
		case *ast.Cast:
			found = found || n.Style == ast.TryCast
		}
		return !found
	})
	return found
}
