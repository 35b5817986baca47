package lower

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/bind"
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
		return cutTo(scalar, to)
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

// normalSuper is a SUPER value as it is equal to others of the same value.
func (l *lowering) normalSuper(x ast.Expr) ast.Expr { return l.engine.normalSuper(x) }

// normalSuper has only null to see to: numbers of one value are equal.
func (postgres) normalSuper(x ast.Expr) ast.Expr {
	return call("nullif", x, castAs(text("null"), "jsonb"))
}

// comparable is a value as IN and its kin compare it, as = does.
func (l *lowering) comparable(e ast.Expr) ast.Expr {
	x := l.expr(e)
	if l.info.TypeOf(e).Kind == schema.Super {
		return l.normalSuper(x)
	}
	return x
}

// comparables is a subquery of one column whose values IN and its kin compare.
func (l *lowering) comparables(q *ast.Query) *ast.Query {
	out := l.query(q, false)
	outputs := l.info.Outputs[q]
	if len(outputs) != 1 || outputs[0].Type.Kind != schema.Super {
		return out
	}
	candidate, value := ast.Ident{Name: l.freeName("candidate")}, ast.Ident{Name: "c1"}
	column := &ast.ColumnRef{Name: ast.Name{candidate, value}}
	return &ast.Query{Body: &ast.Select{
		Items: []*ast.SelectItem{{Expr: l.normalSuper(column), Alias: value}},
		From:  []ast.TableExpr{&ast.Subquery{Query: out, Alias: ast.Alias{Name: candidate, Columns: []ast.Ident{value}}}},
	}}
}

func (duckdb) normalSuper(x ast.Expr) ast.Expr {
	number := castTo(call("json_extract_string", x, text("$")), types.Decimal(schema.MaxPrecision, superScale))
	number.Style = ast.TryCast
	kind := call("json_type", x)
	return &ast.Case{
		Whens: []*ast.When{
			{Cond: &ast.InList{X: kind, List: superKinds(types.Double)}, Then: call("coalesce", call("to_json", number), x)},
			{Cond: binary(ast.NotEq, kind, text("NULL")), Then: x},
		},
	}
}

// superKeys are the keys that sort SUPER values: by the kind, in the order
// boolean, number, string, array, object, and within it by the value ("Querying
// semi-structured data", order by).
func (duckdb) superKeys(x ast.Expr) []ast.Expr {
	value := call("json_extract_string", x, text("$"))
	return superKeys(call("json_type", x), value, text("BOOLEAN"), superKinds(types.Double), text("VARCHAR"), text("ARRAY"), text("OBJECT"))
}

func (postgres) superKeys(x ast.Expr) []ast.Expr {
	value := macro("json_value", castAs(x, "json"))
	return superKeys(call("jsonb_typeof", x), value, text("boolean"), []ast.Expr{text("number")}, text("string"), text("array"), text("object"))
}

func superKeys(kind, value, boolean ast.Expr, numbers []ast.Expr, others ...ast.Expr) []ast.Expr {
	rank := &ast.Case{Whens: []*ast.When{
		{Cond: binary(ast.Eq, kind, boolean), Then: number(1)},
		{Cond: &ast.InList{X: kind, List: numbers}, Then: number(2)},
	}}
	for i, other := range others {
		rank.Whens = append(rank.Whens, &ast.When{Cond: binary(ast.Eq, kind, other), Then: number(3 + i)})
	}
	size := &ast.Case{Whens: []*ast.When{{Cond: &ast.InList{X: kind, List: numbers}, Then: castTo(value, types.Double)}}}
	return []ast.Expr{rank, size, value}
}

// orderItems are the keys of the engine for one of the query's.
func (l *lowering) orderItems(item *ast.OrderItem) []*ast.OrderItem {
	key := l.expr(item.Expr)
	if l.info.TypeOf(item.Expr).Kind != schema.Super {
		return []*ast.OrderItem{orderItem(key, item)}
	}
	return l.superOrder(key, item)
}

// orderOutput is the same for a key that is an output.
func (l *lowering) orderOutput(q *ast.Query, item *ast.OrderItem, o *bind.Output) []*ast.OrderItem {
	if o.Type.Kind != schema.Super {
		return []*ast.OrderItem{orderItem(number(o.Position+1), item)}
	}
	if sel, ok := q.Body.(*ast.Select); !ok || sel.Distinct {
		l.fail(item.Expr, "cast it to the type of its values, or order in a query around it", "SUPER values cannot be ordered here")
		return nil
	}
	return l.superOrder(l.expr(o.Expr), item)
}

func (l *lowering) superOrder(key ast.Expr, item *ast.OrderItem) []*ast.OrderItem {
	var items []*ast.OrderItem
	for _, k := range l.engine.superKeys(key) {
		items = append(items, orderItem(k, item))
	}
	return items
}
