package bind

import (
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/function"
	"github.com/atolldata/atoll/internal/sql/types"
)

func (b *binder) unary(e *ast.Unary, s *scope) schema.Type {
	if e.Op == ast.Not {
		b.boolean(e.X, s, "NOT")
		return types.Boolean
	}
	if e.Op == ast.Prior {
		if s.prior == nil {
			b.fail(e, fault.Syntax, "", "PRIOR stands only in CONNECT BY")
			return types.Unknown
		}
		return b.expr(e.X, s.prior)
	}
	t := b.expr(e.X, s)
	if t.Kind == schema.Unknown {
		t = types.Double
		b.convert(e.X, t)
	}
	switch e.Op {
	case ast.Neg, ast.Plus:
		if t.IsNumeric() || t.IsInterval() {
			return t
		}
	case ast.Abs:
		if t.IsNumeric() {
			return t
		}
	case ast.BitNot:
		if t.IsInteger() {
			return t
		}
	case ast.SquareRoot, ast.CubeRoot:
		if t.IsNumeric() {
			b.convert(e.X, types.Double)
			return types.Double
		}
	}
	b.fail(e, fault.Type, "", "operator %s does not take %s", e.Op, t)
	return types.Unknown
}

func (b *binder) binary(e *ast.Binary, s *scope) schema.Type {
	switch e.Op {
	case ast.And, ast.Or:
		b.boolean(e.Left, s, string(e.Op))
		b.boolean(e.Right, s, string(e.Op))
		return types.Boolean
	case ast.Eq, ast.NotEq, ast.Less, ast.LessEq, ast.Greater, ast.GreaterEq:
		if b.compareRows(e, s, e.Left, e.Right) {
			return types.Boolean
		}
		b.warnNull(e)
		t := b.comparison(e, s, e.Left, e.Right)
		if e.Op != ast.Eq && e.Op != ast.NotEq && b.info.TypeOf(e.Left).Kind == schema.Super {
			b.fail(e, fault.Unsupported, "cast them to the type of their values", "two SUPER values are not compared by %s here", e.Op)
		}
		return t
	case ast.Concat:
		return b.concat(e, s)
	case ast.Match, ast.NotMatch, ast.MatchFold, ast.NotMatchFold:
		b.text(e.Left, s, string(e.Op))
		b.text(e.Right, s, string(e.Op))
		return types.Boolean
	case ast.Power:
		return b.same2(e, s, schema.Type.IsNumeric, types.Double)
	case ast.BitAnd, ast.BitOr, ast.BitXor, ast.ShiftLeft, ast.ShiftRight:
		return b.same2(e, s, schema.Type.IsInteger, types.Integer)
	default:
		return b.arithmetic(e, s)
	}
}

// warnNull warns about a comparison with NULL, which is never true.
func (b *binder) warnNull(e *ast.Binary) {
	test := map[ast.BinaryOp]string{ast.Eq: "IS NULL", ast.NotEq: "IS NOT NULL"}[e.Op]
	_, left := e.Left.(*ast.NullLit)
	_, right := e.Right.(*ast.NullLit)
	if test != "" && left != right {
		b.warnings = append(b.warnings, b.faultAt(e, fault.Type, "write "+test, "a comparison with NULL by %s is never true", e.Op))
	}
}

// arithmetic binds + - * / % by the rules of package types.
func (b *binder) arithmetic(e *ast.Binary, s *scope) schema.Type {
	l, r := b.expr(e.Left, s), b.expr(e.Right, s)
	if l.Kind == schema.Unknown && r.Kind == schema.Unknown {
		if b.inError(e.Left) || b.inError(e.Right) {
			return types.Unknown
		}
		b.fail(e, fault.Type, "cast one of them", "operator %s has no type to go by", e.Op)
		return types.Unknown
	}
	l, r = besideDecimal(e.Left, l, r), besideDecimal(e.Right, r, l)
	a, ok := types.Arithmetic(string(e.Op), l, r)
	if !ok {
		b.fail(e, fault.Type, arithmeticHint(e.Op, l, r), "there is no %s %s %s", l, e.Op, r)
		return types.Unknown
	}
	b.convert(e.Left, a.Left)
	b.convert(e.Right, a.Right)
	return a.Result
}

// besideDecimal is the type of an operand next to another one. A number in a
// string literal keeps its digits beside a DECIMAL; every other literal waits to
// be given a type.
func besideDecimal(e ast.Expr, t, other schema.Type) schema.Type {
	lit, ok := e.(*ast.StringLit)
	if !ok || other.Kind != schema.Decimal {
		return t
	}
	digits := strings.TrimLeft(strings.TrimSpace(lit.Value), "+-")
	if digits == "" || strings.Trim(digits, "0123456789.") != "" || strings.Count(digits, ".") > 1 {
		return t
	}
	return types.AsDecimal(numberType(digits))
}

// inError reports an expression whose type is unknown because it is in error.
// Literals, and calls over nothing else, are of no type without being in error.
func (b *binder) inError(e ast.Expr) bool {
	switch e.(type) {
	case *ast.StringLit, *ast.NullLit:
		return false
	}
	return b.info.Types[e].Kind == schema.Unknown && len(b.faults) > 0
}

func arithmeticHint(op ast.BinaryOp, l, r schema.Type) string {
	switch {
	case op == ast.Add && l.IsTemporal() && r.IsTemporal():
		return "subtract them, or add an INTERVAL"
	case op == ast.Sub && l.IsInteger() && r.IsTemporal():
		return "write the days last"
	case op == ast.Add && l.IsNumeric() && r.IsTemporal(), (op == ast.Add || op == ast.Sub) && l.IsTemporal() && r.IsNumeric():
		return "cast the number to INTEGER, for whole days, or use an INTERVAL"
	case (op == ast.Add || op == ast.Sub) && (l.IsTemporal() || r.IsTemporal()):
		return "use DATEADD, or add an INTERVAL"
	case l.IsString() || r.IsString():
		return "cast the text to a number, or join text with ||"
	default:
		return "cast one of them"
	}
}

// same2 binds an operator over two numbers of a kind, literals becoming literal.
func (b *binder) same2(e *ast.Binary, s *scope, takes func(schema.Type) bool, literal schema.Type) schema.Type {
	t := types.SmallInt
	if literal.Kind == schema.Double {
		t = literal
	}
	for _, x := range []ast.Expr{e.Left, e.Right} {
		xt := b.expr(x, s)
		if xt.Kind == schema.Unknown {
			xt = literal
		}
		if !takes(xt) {
			b.fail(x, fault.Type, "", "operator %s does not take %s", e.Op, xt)
			return types.Unknown
		}
		if xt.IsInteger() && xt.Kind > t.Kind && t.IsInteger() {
			t = xt
		}
	}
	b.convert(e.Left, t)
	b.convert(e.Right, t)
	return t
}

// text binds an operand that must be text, or convert to it by itself.
func (b *binder) text(e ast.Expr, s *scope, where string) schema.Type {
	return b.asText(e, b.expr(e, s), where)
}

// asText is the same for an operand that is bound already, to type t.
func (b *binder) asText(e ast.Expr, t schema.Type, where string) schema.Type {
	to, ok := function.Text.Accept(t)
	if !ok {
		b.fail(e, fault.Type, "cast it to varchar", "%s takes text, not %s", where, t)
		return types.Varchar
	}
	b.convert(e, to)
	return to
}

// concat binds ||, over text and whatever converts to it ("|| (Concatenation)
// operator"), and over two VARBYTE values ("VARBYTE operators").
func (b *binder) concat(e *ast.Binary, s *scope) schema.Type {
	l, r := b.expr(e.Left, s), b.expr(e.Right, s)
	if l.Kind == schema.Varbyte || r.Kind == schema.Varbyte {
		_, left := function.Binary.Accept(l)
		_, right := function.Binary.Accept(r)
		if left && right {
			b.convert(e.Left, types.Varbyte)
			b.convert(e.Right, types.Varbyte)
			return types.Varbyte
		}
	}
	return function.Concat(b.asText(e.Left, l, "||"), b.asText(e.Right, r, "||"))
}

func (b *binder) is(e *ast.Is, s *scope) schema.Type {
	if e.What == ast.IsNull {
		b.plain(e.X, s)
	} else {
		b.boolean(e.X, s, "IS")
	}
	return types.Boolean
}

func (b *binder) like(e *ast.Like, s *scope) schema.Type {
	b.text(e.X, s, "LIKE")
	b.text(e.Pattern, s, "LIKE")
	if e.Escape != nil {
		b.text(e.Escape, s, "ESCAPE")
	}
	return types.Boolean
}

// comparison binds expressions that are compared with the first of them, and
// converts all to the type they are compared in.
func (b *binder) comparison(at ast.Expr, s *scope, list ...ast.Expr) schema.Type {
	bound := make([]schema.Type, len(list))
	for i, e := range list {
		bound[i] = b.expr(e, s)
	}
	b.compare(at, list, bound)
	return types.Boolean
}

// compare converts bound expressions to the type they are compared in. Literals
// take the type of the others.
func (b *binder) compare(at ast.Expr, list []ast.Expr, bound []schema.Type) {
	decimal := types.Unknown
	for _, o := range bound {
		if o.Kind == schema.Decimal {
			decimal = o
		}
	}
	for i, e := range list {
		bound[i] = besideDecimal(e, bound[i], decimal)
	}
	t := bound[0]
	for _, o := range bound[1:] {
		common, ok := types.Comparable(t, o)
		if !ok {
			b.incomparable(at, t, o)
			return
		}
		t = common
	}
	if t.Kind == schema.Unknown {
		t = types.Varchar
	}
	for _, e := range list {
		b.convert(e, t)
	}
}

func (b *binder) incomparable(at ast.Expr, l, r schema.Type) {
	hint := "cast one of them"
	if l.IsNumeric() && r.IsTemporal() || l.IsTemporal() && r.IsNumeric() {
		hint = "write a date as a literal, such as DATE '2026-01-31'"
	}
	b.fail(at, fault.Type, hint, "%s and %s cannot be compared", l, r)
}
