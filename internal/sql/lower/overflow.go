package lower

import (
	"slices"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// Floating-point results that are too large are errors in Redshift and infinite in
// the embedded engine. A check stands around each chain of + - * and /, not around
// each operator: what is infinite stays so, or becomes NaN, up to the chain's end.
// Columns that hold NaN or an infinity themselves may pass them on.

const (
	finiteCheck = "finite"      // a macro that writes its argument twice
	onceCheck   = "finite_once" // one that writes it once, and is slower
)

// maxChecks is how many checks an expression may hold before one around it writes
// it once: each one that writes it twice doubles the text.
const maxChecks = 8

// unchecked is the expression in a check, and the condition that all it came from was
// finite. An expression without a check is a chain of its own. A key of GROUP BY is
// taken as it is, like a column.
func (l *lowering) unchecked(x ast.Expr) (inner, inputs ast.Expr) {
	if _, isColumn := x.(*ast.ColumnRef); isColumn || l.keys[x] {
		return x, call("isfinite", x)
	}
	if c, ok := x.(*ast.FuncCall); ok && len(c.Name) == 2 && c.Name[0].Name == macroSchema && c.Name[1].Name == finiteCheck {
		return c.Args[0], c.Args[1]
	}
	return x, nil
}

// finite checks the result of an operator or function over operands that are
// finite if inputs is true; nil is always.
func finite(x ast.Expr, inputs ...ast.Expr) ast.Expr {
	if countCalls(finiteCheck, x) > maxChecks {
		return macro(onceCheck, x)
	}
	var all ast.Expr
	for _, in := range inputs {
		switch {
		case in == nil:
		case all == nil:
			all = in
		default:
			all = binary(ast.And, all, in)
		}
	}
	if all == nil {
		all = &ast.BoolLit{Value: true}
	}
	return macro(finiteCheck, x, all)
}

// countCalls counts the calls in expressions of the macros that names lists.
func countCalls(names string, list ...ast.Expr) int {
	count, wanted := 0, strings.Fields(names)
	for _, x := range list {
		ast.Inspect(x, func(n ast.Node) bool {
			if c, ok := n.(*ast.FuncCall); ok && len(c.Name) == 2 && slices.Contains(wanted, c.Name[1].Name) {
				count++
			}
			return true
		})
	}
	return count
}

// floatArithmetic writes + - * over floating-point numbers, as a part of the
// chains that its operands are.
func (l *lowering) floatArithmetic(op ast.BinaryOp, left, right ast.Expr) ast.Expr {
	left, leftInputs := l.unchecked(left)
	right, rightInputs := l.unchecked(right)
	return finite(binary(op, left, right), leftInputs, rightInputs)
}

// floatDivision is a chain with what is divided; what divides is checked for
// itself, because nothing shows of an infinite divisor.
func (l *lowering) floatDivision(left, right ast.Expr) ast.Expr {
	left, inputs := l.unchecked(left)
	return finite(division("float_div", left, right), inputs)
}

// finiteFunction calls an engine's function of numbers whose result may be too
// large, or none.
func finiteFunction(name string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return finiteCall(name, args...)
	}
}

func finiteCall(name string, args ...ast.Expr) ast.Expr {
	inputs := make([]ast.Expr, len(args))
	for i, a := range args {
		if _, ok := a.(*ast.ColumnRef); ok {
			inputs[i] = call("isfinite", a)
		}
	}
	return finite(call(name, args...), inputs...)
}

func isFloat(t schema.Type) bool { return t.Kind == schema.Real || t.Kind == schema.Double }
