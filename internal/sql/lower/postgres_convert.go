package lower

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/print"
)

func (p postgres) convert(l *lowering, n ast.Expr, x ast.Expr, from, to schema.Type) ast.Expr {
	switch {
	case from.Kind == schema.Unknown:
		return castTo(x, to)
	case from.Kind == schema.Super && to.Kind != schema.Super:
		return p.fromSuper(n, x, to)
	case to.IsString():
		return p.toText(l, n, x, from, to)
	case from.IsString():
		return p.fromText(x, to)
	case to.Kind == schema.Super:
		return call("to_jsonb", known(x, from))
	case to.Kind == schema.Boolean:
		return binary(ast.NotEq, x, number(0))
	case from.Kind == schema.Boolean:
		return castTo(castAs(x, "integer"), to)
	case from.Kind == to.Kind && to.Kind != schema.Decimal:
		return x
	}
	return castTo(x, to)
}

// tryCast asks whether a value converts before it converts it.
func (p postgres) tryCast(l *lowering, e *ast.Cast, from, to schema.Type) ast.Expr {
	x := l.expr(e.X)
	switch {
	case to.IsString() || from == to:
		return l.convert(e, x, from, to)
	case from.IsString() && to.IsInteger():
		x = onlyIf("is_integer", x)
	case from.IsString() && to.IsNumeric():
		x = onlyIf("is_number", x)
	case from.IsString() && to.IsTemporal():
		x = onlyIf("is_timestamp", x)
	}
	return castTo(p.castable(known(x, from), to), to)
}

// known gives a bare literal its type, for functions of PostgreSQL that take
// values of any type and cannot tell this one's.
func known(x ast.Expr, t schema.Type) ast.Expr {
	switch x.(type) {
	case *ast.StringLit, *ast.NullLit:
		return castTo(x, t)
	}
	return x
}

// onlyIf is text of which a test of the prelude is true, and NULL otherwise.
func onlyIf(test string, x ast.Expr) ast.Expr {
	return &ast.Case{Whens: []*ast.When{{Cond: macro(test, x), Then: x}}}
}

// castable is a value that converts to a type, and NULL otherwise.
func (postgres) castable(x ast.Expr, to schema.Type) ast.Expr {
	return macro("castable", x, text(print.PostgreSQL(&ast.TypeName{Type: to})))
}

// fromText converts character data, value by value.
func (postgres) fromText(x ast.Expr, to schema.Type) ast.Expr {
	switch {
	case to.IsInteger():
		return castTo(macro("integer_text", x), to)
	case to.IsNumeric():
		return castTo(macro("number_text", x), to)
	case to.Kind == schema.Timestamp:
		return macro("text_timestamp", x)
	case to.Kind == schema.Date:
		return castTo(macro("text_timestamp", x), to)
	case to.Kind == schema.Super:
		return call("to_jsonb", known(x, schema.Type{Kind: schema.Varchar}))
	case to.Kind == schema.Varbyte:
		return call("convert_to", x, text("UTF8"))
	}
	return castTo(x, to)
}

// toText converts to CHAR or VARCHAR, cut to the length of a CAST. CHAR is held
// without its padding.
func (p postgres) toText(l *lowering, n ast.Expr, x ast.Expr, from, to schema.Type) ast.Expr {
	switch {
	case from.IsString():
		if from.Length > 0 && from.Length <= to.Length && to.Kind != schema.Char {
			return x
		}
	case from.Kind == schema.Double:
		x = macro("double_text", x)
	case from.Kind == schema.Real:
		x = macro("real_text", x)
	case from.Kind == schema.Varbyte:
		x = call("encode", x, text("hex"))
	case from.IsInterval():
		if n != nil {
			l.fail(n, "take its parts with EXTRACT", "PostgreSQL writes intervals in another way than Redshift")
		}
	case from.Kind == schema.Decimal:
		x = castAs(castTo(x, from), "text") // the scale is part of the text
	default:
		x = castAs(x, "text")
	}
	return cutTo(x, to)
}
