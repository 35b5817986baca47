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
