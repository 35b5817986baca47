package lower

import (
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// convert turns a lowered expression from one Redshift type into another, as
// CAST does. The node is where the conversion stands in the query, for errors;
// it may be nil for columns.
func (l *lowering) convert(n ast.Expr, x ast.Expr, from, to schema.Type) ast.Expr {
	if lit, ok := x.(*ast.StringLit); ok && from.Kind == schema.Unknown {
		if to.Kind == schema.Super || to.Kind == schema.Varbyte {
			from = types.Varchar // not text to read, but the value
			return l.engine.convert(l, n, x, from, to)
		}
		return l.literal(n, lit, to)
	}
	if from == to || isWidened(n, from, to) {
		return x
	}
	return l.engine.convert(l, n, x, from, to)
}

func (duckdb) convert(l *lowering, n ast.Expr, x ast.Expr, from, to schema.Type) ast.Expr {
	switch {
	case from.Kind == schema.Unknown:
		return castTo(x, to)
	case from.Kind == schema.Super && to.Kind != schema.Super:
		return l.fromSuper(n, x, to)
	case to.IsString():
		return l.toText(x, from, to)
	case from.IsString():
		return fromText(x, to)
	case to.Kind == schema.Super && from.Kind == schema.Decimal:
		return castAs(decimalText(x, from), "JSON") // with all its digits
	case to.Kind == schema.Super:
		return call("to_json", x)
	case to.Kind == schema.Boolean:
		return binary(ast.NotEq, x, number(0))
	case from.Kind == to.Kind && to.Kind != schema.Decimal:
		return x
	case from.Kind == schema.Decimal && to.Kind == schema.Real:
		x = castTo(x, types.Double) // the engine divides in the type it casts to, and loses a digit
	case from.Kind == schema.TimestampTZ && (to.Kind == schema.Time || to.Kind == schema.TimeTZ):
		x = castTo(x, types.Timestamp) // in the session's zone, UTC
	}
	return castTo(x, to)
}

// cast lowers a CAST. TRY_CAST gives NULL where CAST is an error ("TRY_CAST
// function"), for literals too.
func (l *lowering) cast(e *ast.Cast) ast.Expr {
	from, to := l.info.TypeOf(e.X), e.Type.Type
	if e.Style != ast.TryCast {
		return l.convert(e, l.expr(e.X), from, to)
	}
	if lit, ok := e.X.(*ast.StringLit); ok {
		if _, valid := readLiteral(lit.Value, to); !valid {
			return castTo(&ast.NullLit{}, to)
		}
	}
	return l.engine.tryCast(l, e, from, to)
}

func (duckdb) tryCast(l *lowering, e *ast.Cast, from, to schema.Type) ast.Expr {
	if from.IsString() {
		return tryText(l.expr(e.X), to)
	}
	out := l.convert(e, l.expr(e.X), from, to)
	if c, ok := out.(*ast.Cast); ok && from != to {
		c.Style = ast.TryCast
	}
	return out
}

// tryText is fromText with NULL where that is an error.
func tryText(x ast.Expr, to schema.Type) ast.Expr {
	valid := ""
	switch {
	case to.IsString():
		return cutTo(x, to)
	case to.Kind == schema.Boolean:
		return macro("try_boolean", x)
	case to.Kind == schema.Date, to.Kind == schema.Timestamp:
		x = macro("try_timestamp", x)
	case to.IsInteger():
		valid = "is_integer"
	case to.IsNumeric():
		valid = "is_number"
	}
	if valid != "" {
		x = &ast.Case{Whens: []*ast.When{{Cond: macro(valid, x), Then: call("trim", x, text(" \t\n\r"))}}}
	}
	out := castTo(x, to)
	out.Style = ast.TryCast
	return out
}

// isWidened reports an integer literal beside a wider integer, where the engine's
// own rule is the same and the query stays readable.
func isWidened(n ast.Expr, from, to schema.Type) bool {
	_, isNumber := n.(*ast.NumberLit)
	return isNumber && from.IsInteger() && to.IsInteger() && from.Kind < to.Kind
}

// literal gives a string literal its type: numbers, dates and times are read
// here, so that a wrong one is an error with a position.
func (l *lowering) literal(n ast.Expr, lit *ast.StringLit, to schema.Type) ast.Expr {
	canonical, ok := readLiteral(lit.Value, to)
	if !ok {
		l.failAs(fault.Type, n, "write it as "+literalExample(to), "%q is not a valid %s", lit.Value, to)
		return &ast.NullLit{}
	}
	if to.IsString() {
		return cutTo(text(canonical), to)
	}
	return castTo(text(canonical), to)
}

// fromText converts character data, value by value.
func fromText(x ast.Expr, to schema.Type) ast.Expr {
	switch {
	case to.IsInteger():
		return castTo(macro("integer_text", x), to)
	case to.IsNumeric():
		return castTo(macro("number_text", x), to)
	case to.Kind == schema.Boolean:
		return macro("text_boolean", x)
	case to.Kind == schema.Date, to.Kind == schema.Timestamp:
		return castTo(macro("text_timestamp", x), to)
	case to.Kind == schema.Time:
		return macro("text_time", x)
	case to.Kind == schema.Super:
		return call("to_json", x)
	case to.Kind == schema.Varbyte:
		return call("encode", x)
	}
	return castTo(x, to)
}

// toText converts to CHAR or VARCHAR: as PostgreSQL writes the value, cut to the
// length of a CAST. CHAR is held without its padding ("Character types":
// trailing blanks are insignificant).
func (l *lowering) toText(x ast.Expr, from, to schema.Type) ast.Expr {
	switch from.Kind {
	case schema.Char, schema.Varchar:
	case schema.Double:
		x = macro("double_text", x)
	case schema.Real:
		x = macro("real_text", x)
	case schema.Varbyte:
		x = call("lower", call("hex", x))
	case schema.Decimal:
		x = decimalText(x, from)
	default:
		x = castAs(x, "VARCHAR")
	}
	if from.IsString() && from.Length > 0 && from.Length <= to.Length && to.Kind != schema.Char {
		return x
	}
	return cutTo(x, to)
}

// decimalText is a DECIMAL as text. The engine writes the zero of a type that has no digits
// before the point as ".00".
func decimalText(x ast.Expr, t schema.Type) ast.Expr {
	if t.Precision == t.Scale {
		x = castTo(x, schema.Type{Kind: schema.Decimal, Precision: t.Precision + 1, Scale: t.Scale})
	}
	return castAs(x, "VARCHAR")
}

// cutTo cuts text to the bytes of its type.
func cutTo(x ast.Expr, to schema.Type) ast.Expr {
	if lit, ok := x.(*ast.StringLit); ok && (to.Length == 0 || len(lit.Value) <= to.Length) && to.Kind == schema.Varchar {
		return x
	}
	if to.Length > 0 && to.Length < schema.MaxVarchar {
		x = macro("cut", x, number(to.Length))
	}
	if to.Kind == schema.Char {
		x = call("rtrim", x, text(" "))
	}
	return x
}

// literalExample shows how a literal of a type is written.
func literalExample(t schema.Type) string {
	switch {
	case t.IsInteger():
		return "42"
	case t.IsNumeric():
		return "4.2"
	case t.Kind == schema.Boolean:
		return "true"
	case t.Kind == schema.Date:
		return "DATE '2026-01-31'"
	case t.Kind == schema.Timestamp, t.Kind == schema.TimestampTZ:
		return "TIMESTAMP '2026-01-31 12:00:00'"
	case t.Kind == schema.Time:
		return "TIME '12:00:00'"
	case t.IsInterval():
		return "INTERVAL '1 day'"
	default:
		return strings.ToLower(t.String())
	}
}
