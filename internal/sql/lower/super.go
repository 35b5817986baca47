package lower

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

// superKinds are the kinds of scalars in DuckDB's JSON that compare with a type
// ("Querying semi-structured data", dynamic typing).
func superKinds(to schema.Type) []ast.Expr {
	switch {
	case to.IsString():
		return []ast.Expr{text("VARCHAR")}
	case to.IsNumeric():
		return []ast.Expr{text("BIGINT"), text("UBIGINT"), text("DOUBLE")}
	default:
		return []ast.Expr{text("BOOLEAN")}
	}
}

// fromSuper converts a SUPER scalar; strings come out without quotes. What cannot
// be cast is NULL ("Querying semi-structured data", lax semantics), and so are
// objects and arrays; where a comparison converts by itself, so are values of
// another type than it compares.
func (l *lowering) fromSuper(n ast.Expr, x ast.Expr, to schema.Type) ast.Expr {
	kind := &ast.InList{X: call("json_type", x), Not: true, List: []ast.Expr{text("OBJECT"), text("ARRAY")}}
	if _, isCast := n.(*ast.Cast); !isCast {
		kind.Not, kind.List = false, superKinds(to)
	}
	var scalar ast.Expr = &ast.Case{Whens: []*ast.When{{Cond: kind, Then: call("json_extract_string", x, text("$"))}}}
	switch {
	case to.IsString():
		return cutTo(scalar, to)
	case to.IsInteger():
		scalar = tryText(scalar, types.Decimal(schema.MaxPrecision, superScale)) // to be rounded
	default:
		return tryText(scalar, to)
	}
	out := castTo(scalar, to)
	out.Style = ast.TryCast
	return out
}

// superScale is how many decimal places a SUPER number keeps on its way to an
// integer.
const superScale = 10

// fromSuper is the same on PostgreSQL.
func (p postgres) fromSuper(n ast.Expr, x ast.Expr, to schema.Type) ast.Expr {
	kind := &ast.InList{X: call("jsonb_typeof", x), Not: true, List: []ast.Expr{text("object"), text("array")}}
	if _, isCast := n.(*ast.Cast); !isCast {
		kind.Not, kind.List = false, []ast.Expr{text("boolean")}
		switch {
		case to.IsString():
			kind.List = []ast.Expr{text("string")}
		case to.IsNumeric():
			kind.List = []ast.Expr{text("number")}
		}
	}
	var scalar ast.Expr = &ast.Case{Whens: []*ast.When{{Cond: kind, Then: macro("json_value", castAs(x, "json"))}}}
	switch {
	case to.IsString():
		return p.cut(scalar, to)
	case to.IsInteger(): // rounded
		number := types.Decimal(schema.MaxPrecision, superScale)
		scalar = castAs(call("round", castTo(p.castable(scalar, number), number)), "text")
	case to.IsTemporal():
		scalar = onlyIf("is_timestamp", scalar)
	}
	return castTo(p.castable(scalar, to), to)
}

// superEquality makes a comparison by = or <> of a SUPER value with a value of
// another type false, or true, where it would be unknown: only NULLs are unknown
// ("Querying semi-structured data", dynamic and static typing).
func (l *lowering) superEquality(e *ast.Binary, compared ast.Expr) ast.Expr {
	super, other := e.Left, e.Right
	if l.info.Types[super].Kind != schema.Super {
		super, other = other, super
	}
	if l.info.Types[super].Kind != schema.Super || l.info.TypeOf(super).Kind == schema.Super {
		return compared
	}
	known := l.engine.convert(l, &ast.Cast{}, l.node(super), types.Super, types.Varchar)
	both := binary(ast.And, &ast.Is{X: known, Not: true}, &ast.Is{X: l.expr(other), Not: true})
	return call("coalesce", compared, &ast.Case{Whens: []*ast.When{{Cond: both, Then: &ast.BoolLit{Value: e.Op == ast.NotEq}}}})
}
