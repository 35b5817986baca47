package lower

import (
	"fmt"
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// DECIMALs are divided exactly, as the integers that they store: a/b at scale s is
// a * 10^(s + sb - sa) / b, cut off. The engine divides 128-bit integers a hundred
// times more slowly than 64-bit ones (measured: 1 us and 10 ns), so operands that
// fit 64 bits are divided long-hand, a few digits at a time. That takes it a
// millisecond more to plan, so that few rows are divided in 128 bits.

// division calls a macro that divides and checks for zero: int_div, float_div or
// modulo, or where too many are in each other the form that is slower and writes
// its operands once.
func division(name string, left, right ast.Expr) ast.Expr {
	if countCalls("int_div float_div modulo", left, right) > maxChecks {
		name += "_once"
	}
	return macro(name, left, right)
}

// operand is a lowered expression and its type.
type operand struct {
	x ast.Expr
	t schema.Type
}

const (
	bigintDigits  = 18 // of any value in 64 bits
	doubleDigits  = 15 // that DOUBLE holds exactly
	divisorDigits = 12 // of a divisor, to leave six for each step
	maxSteps      = 3
)

// divideDecimals lowers a / b, both DECIMAL, to a DECIMAL of type t.
func (l *lowering) divideDecimals(a, b operand, t schema.Type) ast.Expr {
	digits := t.Scale + b.t.Scale - a.t.Scale
	wide := scaled(division("int_div", shifted(a.hugeint(), digits), shifted(b.hugeint(), -digits)), t)
	dividend, aFits, okA := a.fit(doubleDigits)
	divisor, bFits, okB := b.fit(divisorDigits)
	step := bigintDigits - divisor.t.Precision
	if l.opts.Few || !okA || !okB || digits < 1 || digits > maxSteps*step {
		return wide
	}
	return whereFits(scaled(longHand(dividend.bigint(), divisor.bigint(), digits, step), t), wide, aFits, bFits)
}

// remainder lowers a % b. DECIMALs that have more digits in a common scale than the engine
// computes with it would take for DOUBLEs.
func remainder(a, b operand, t schema.Type) ast.Expr {
	at, bt := types.AsDecimal(a.t), types.AsDecimal(b.t)
	digits := max(at.Precision-at.Scale, bt.Precision-bt.Scale) + max(at.Scale, bt.Scale)
	if t.Kind != schema.Decimal || digits <= schema.MaxPrecision {
		return division("modulo", a.x, b.x)
	}
	return castTo(goCall("remainder", castAs(a.x, "VARCHAR"), castAs(b.x, "VARCHAR")), t)
}

// averageDecimal lowers the sum of DECIMALs over their count, cut at the sum's
// scale; a group without values gives NULL.
func (l *lowering) averageDecimal(sum operand, count ast.Expr, t schema.Type) ast.Expr {
	wide := scaled(quotient(sum.hugeint(), castAs(count, "HUGEINT")), t)
	short, fits, ok := sum.fit(doubleDigits)
	if l.opts.Few || !ok {
		return wide
	}
	return whereFits(scaled(quotient(short.bigint(), count), t), wide, fits)
}

// quotient divides integers where a divisor of zero gives NULL.
func quotient(a, b ast.Expr) ast.Expr { return call("divide", a, b) }

// whereFits chooses by value between 64 and 128 bits. A nil condition always
// holds.
func whereFits(short, wide ast.Expr, conditions ...ast.Expr) ast.Expr {
	var all ast.Expr
	for _, c := range conditions {
		switch {
		case c == nil:
		case all == nil:
			all = c
		default:
			all = binary(ast.And, all, c)
		}
	}
	if all == nil {
		return short
	}
	return &ast.Case{Whens: []*ast.When{{Cond: all, Then: short}}, Else: wide}
}

// fit narrows an operand to so many digits, with the condition that its value
// has no more; the condition is nil where the type says so. It reports false
// where the scale alone has more.
func (o operand) fit(digits int) (narrowed operand, fits ast.Expr, ok bool) {
	switch {
	case o.t.Precision <= digits:
		return o, nil, true
	case o.t.Scale > digits:
		return o, nil, false
	}
	t := types.Decimal(digits, o.t.Scale)
	try := castTo(o.x, t)
	try.Style = ast.TryCast
	return operand{try, t}, &ast.Is{X: try, Not: true, What: ast.IsNull}, true
}

// bigint is the integer that a DECIMAL of up to 15 digits stores.
func (o operand) bigint() ast.Expr {
	switch {
	case o.t.Scale == 0:
		return castAs(o.x, "BIGINT")
	case o.t.Precision+o.t.Scale < bigintDigits:
		unit := castAs(powerOfTen(o.t.Scale), fmt.Sprintf("DECIMAL(%d,0)", o.t.Scale+1))
		return castAs(binary(ast.Mul, o.x, unit), "BIGINT")
	}
	unit := castAs(powerOfTen(o.t.Scale), "DOUBLE")
	return castAs(call("round", binary(ast.Mul, castAs(o.x, "DOUBLE"), unit)), "BIGINT")
}

// hugeint is the integer that a DECIMAL stores, in 128 bits.
func (o operand) hugeint() ast.Expr {
	if o.t.Scale == 0 {
		return castAs(o.x, "HUGEINT")
	}
	return macro("unscaled", o.x)
}

// longHand divides a by b to so many more digits, at most step at a time: the
// remainder of each step, with zeros put behind it, is divided in the next.
func longHand(a, b ast.Expr, digits, step int) ast.Expr {
	args := []ast.Expr{a, b}
	for left := digits; left > 0; left -= step {
		args = append(args, castAs(powerOfTen(min(step, left)), "BIGINT"))
	}
	return macro(fmt.Sprintf("long_div_%d", len(args)-2), args...)
}

// shifted multiplies an integer in 128 bits by a power of ten, if it is one.
func shifted(x ast.Expr, digits int) ast.Expr {
	if digits <= 0 {
		return x
	}
	return binary(ast.Mul, x, castAs(powerOfTen(digits), "HUGEINT"))
}

// scaled makes a DECIMAL of the integer that it stores.
func scaled(x ast.Expr, t schema.Type) ast.Expr {
	whole := castAs(x, fmt.Sprintf("DECIMAL(%d,0)", schema.MaxPrecision))
	if t.Scale == 0 {
		return castTo(whole, t)
	}
	unit := castAs(&ast.NumberLit{Text: "0." + strings.Repeat("0", t.Scale-1) + "1"}, fmt.Sprintf("DECIMAL(%d,%d)", t.Scale, t.Scale))
	return castTo(binary(ast.Mul, whole, unit), t)
}

func powerOfTen(n int) ast.Expr { return &ast.NumberLit{Text: "1" + strings.Repeat("0", n)} }
