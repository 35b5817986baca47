package lower

import (
	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

func (l *lowering) unary(e *ast.Unary) ast.Expr {
	x := l.expr(e.X)
	switch e.Op {
	case ast.Abs:
		return call("abs", x)
	case ast.SquareRoot:
		return call("sqrt", x)
	case ast.CubeRoot:
		return call("cbrt", x)
	case ast.Plus, ast.Prior:
		return x // of PRIOR, the columns are those of the row above
	case ast.Not:
		if m, ok := l.engine.(conditionMerger); ok && l.keys[x] {
			return m.notKey(x)
		}
	}
	return &ast.Unary{Op: e.Op, X: x}
}

func (l *lowering) binary(e *ast.Binary) ast.Expr {
	if row, ok := e.Left.(*ast.Row); ok {
		return l.compareRows(e.Op, row.Items, e.Right.(*ast.Row).Items)
	}
	out := l.operation(e)
	if e.Op == ast.Eq || e.Op == ast.NotEq {
		return l.superEquality(e, out)
	}
	return out
}

// operation lowers an operator between two values as the engine has it.
func (l *lowering) operation(e *ast.Binary) ast.Expr {
	left, right := l.expr(e.Left), l.expr(e.Right)
	if l.info.TypeOf(e.Left).Kind == schema.Super && l.info.TypeOf(e.Right).Kind == schema.Super {
		left, right = l.normalSuper(left), l.normalSuper(right)
	}
	return l.engine.binary(l, e, left, right, l.info.Types[e])
}

func (duckdb) binary(l *lowering, e *ast.Binary, left, right ast.Expr, t schema.Type) ast.Expr {
	switch e.Op {
	case ast.And, ast.Or:
		return binary(e.Op, l.apart(e.Op, left), l.apart(e.Op, right))
	case ast.Div:
		return l.divide(left, right, l.info.TypeOf(e.Left), l.info.TypeOf(e.Right), t)
	case ast.Mod:
		return remainder(operand{left, l.info.TypeOf(e.Left)}, operand{right, l.info.TypeOf(e.Right)}, t)
	case ast.Power:
		return finiteCall("pow", left, right)
	case ast.ShiftLeft, ast.ShiftRight:
		return shift(e.Op, left, right, t)
	case ast.BitXor:
		return call("xor", left, right)
	case ast.Match, ast.MatchFold, ast.NotMatch, ast.NotMatchFold:
		return l.match(e, left, right)
	case ast.Add, ast.Sub, ast.Mul:
		if isFloat(t) {
			return l.floatArithmetic(e.Op, left, right)
		}
		return l.arithmetic(e, left, right, t)
	}
	return binary(e.Op, left, right)
}

// arithmetic lowers + - *. Operands are in the types that the binder gave them;
// literals of a narrower type than the engine's are cast so that it does not
// narrow the operation.
func (l *lowering) arithmetic(e *ast.Binary, left, right ast.Expr, t schema.Type) ast.Expr {
	lt, rt := l.info.TypeOf(e.Left), l.info.TypeOf(e.Right)
	switch {
	case t.Kind == schema.Integer && e.Op == ast.Sub && lt.Kind == schema.Date:
		return castTo(binary(e.Op, left, right), t)
	case e.Op == ast.Sub && lt.Kind == schema.Time && rt.Kind == schema.Time:
		epoch := castTo(text("1970-01-01"), types.Date) // clocks are subtracted on one day
		return binary(ast.Sub, binary(ast.Add, epoch, left), binary(ast.Add, epoch, right))
	case lt.Kind == schema.Date && rt.IsInteger():
		return binary(e.Op, left, castAs(right, "INTEGER"))
	case rt.Kind == schema.Date && lt.IsInteger():
		return binary(e.Op, castAs(left, "INTEGER"), right)
	case lt.IsTemporal() && rt.IsInteger():
		return binary(e.Op, left, days(right))
	case rt.IsTemporal() && lt.IsInteger():
		return binary(e.Op, days(left), right)
	case t.Kind == schema.Decimal && lt.Scale+rt.Scale > 37 && e.Op == ast.Mul:
		l.fail(e, "cast an operand to a smaller scale", "the product of %s and %s has more than 37 decimal places", lt, rt)
	}
	return binary(e.Op, left, right)
}

// days is a whole number as the interval of so many days.
func days(n ast.Expr) ast.Expr {
	return binary(ast.Mul, castAs(n, "INTEGER"), castAs(text("1 day"), "INTERVAL"))
}

// divide lowers division, by type: integers truncate, DECIMALs are cut at the
// scale of "Computations with numeric values", and nothing is divided by zero.
func (l *lowering) divide(left, right ast.Expr, lt, rt, t schema.Type) ast.Expr {
	switch {
	case t.IsInteger():
		return division("int_div", left, right)
	case t.Kind == schema.Decimal:
		return l.divideDecimals(operand{left, lt}, operand{right, rt}, t)
	case t.IsInterval():
		return division("float_div", left, right)
	}
	return l.floatDivision(left, right)
}

// shift moves bits as PostgreSQL does: the number of places is taken modulo the
// width of the type, bits that leave it are lost, and a right shift keeps the
// sign.
func shift(op ast.BinaryOp, left, right ast.Expr, t schema.Type) ast.Expr {
	name, bits := "shift_left", map[schema.Kind]int{schema.SmallInt: 32, schema.Integer: 32, schema.BigInt: 64}[t.Kind]
	if op == ast.ShiftRight {
		name = "shift_right"
	}
	return castTo(macro(name, castAs(left, "BIGINT"), castAs(right, "INTEGER"), number(bits)), t)
}

// interval lowers an interval literal. The engine reads the units in the text;
// a qualifier names them for a bare number.
func (l *lowering) interval(e *ast.IntervalLit) ast.Expr {
	s, ok := readInterval(e)
	if !ok {
		l.failAs(fault.Type, e, "write it as INTERVAL '1 day'", "%q is not a valid interval", e.Value)
		return &ast.NullLit{}
	}
	return castAs(text(s), "INTERVAL")
}
