package bind

import (
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/function"
	"github.com/atolldata/atoll/internal/sql/types"
)

// expr binds an expression and returns its type, which is Unknown for NULL, for
// a string literal, and for what is in error.
func (b *binder) expr(e ast.Expr, s *scope) schema.Type {
	t := b.typed(e, s)
	b.info.Types[e] = t
	return t
}

func (b *binder) typed(e ast.Expr, s *scope) schema.Type {
	switch e := e.(type) {
	case *ast.ColumnRef:
		return b.column(e, s)
	case *ast.NumberLit:
		return numberType(e.Text)
	case *ast.StringLit, *ast.NullLit:
		return types.Unknown
	case *ast.BoolLit:
		return types.Boolean
	case *ast.TypedLit:
		return e.Type.Type
	case *ast.IntervalLit:
		return intervalType(e)
	case *ast.Unary:
		return b.unary(e, s)
	case *ast.Binary:
		return b.binary(e, s)
	case *ast.Is:
		return b.is(e, s)
	case *ast.IsDistinct:
		return b.comparison(e, s, e.Left, e.Right)
	case *ast.Between:
		return b.comparison(e, s, e.X, e.Low, e.High)
	case *ast.InList:
		if b.compareRows(e, s, append([]ast.Expr{e.X}, e.List...)...) {
			return types.Boolean
		}
		return b.comparison(e, s, append([]ast.Expr{e.X}, e.List...)...)
	case *ast.InQuery:
		return b.inQuery(e, e.X, e.Query, s)
	case *ast.Quantified:
		return b.inQuery(e, e.X, e.Query, s)
	case *ast.Like:
		return b.like(e, s)
	case *ast.Exists:
		b.subquery(e.Query, s)
		return types.Boolean
	case *ast.ScalarQuery:
		return b.scalarQuery(e, s)
	case *ast.Case:
		return b.caseExpr(e, s)
	case *ast.Cast:
		return b.cast(e, s)
	case *ast.FuncCall:
		return b.call(e, s)
	case *ast.Array:
		return b.array(e, s)
	case *ast.AtTimeZone:
		return b.atTimeZone(e, s)
	case *ast.Field:
		return b.super(e, e.X, s)
	case *ast.Index:
		if t := b.expr(e.Index, s); !t.IsInteger() {
			b.fail(e.Index, fault.Type, "write a whole number", "an array is indexed by a whole number, not %s", t)
		}
		return b.super(e, e.X, s)
	case *ast.Star:
		b.fail(e, fault.Syntax, "name the columns", "* stands only in a select list and in COUNT(*)")
	case *ast.DatePart:
		b.fail(e, fault.Name, "", "unknown column %q", e.Name)
	case *ast.Param:
		b.fail(e, fault.Unsupported, "write the value into the query", "parameters such as $%d are not available here", e.Number)
	default:
		b.unsupported(e, s)
	}
	return types.Unknown
}

// array binds ARRAY, whose elements may have any types that convert to SUPER
// ("ARRAY function").
func (b *binder) array(e *ast.Array, s *scope) schema.Type {
	for _, item := range e.Items {
		t := b.expr(item, s)
		if _, ok := function.Json.Accept(t); !ok {
			b.fail(item, fault.Type, "cast it to varchar", "%s does not convert to super", t)
			continue
		}
		b.convert(item, types.Super)
	}
	return types.Super
}

// unsupported reports an expression that is not available.
func (b *binder) unsupported(e ast.Expr, s *scope) {
	switch e.(type) {
	case *ast.Row:
		b.fail(e, fault.Unsupported, "compare the columns one by one", "rows as values are not available here")
	default:
		b.fail(e, fault.Unsupported, "", "this expression is not available in %s", s.place.name)
	}
}

// numberType follows "Numeric literals": the smallest of INTEGER, BIGINT and
// DECIMAL that holds the number; an exponent makes it DOUBLE PRECISION.
func numberType(text string) schema.Type {
	if strings.ContainsAny(text, "eE") {
		return types.Double
	}
	whole, fraction, hasPoint := strings.Cut(text, ".")
	digits := strings.TrimLeft(whole, "0")
	if hasPoint {
		return types.Decimal(max(len(digits)+len(fraction), 1), len(fraction))
	}
	if _, err := strconv.ParseInt(text, 10, 32); err == nil {
		return types.Integer
	}
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return types.BigInt
	}
	return types.Decimal(len(digits), 0)
}

// intervalType tells the two interval types apart: by the qualifier, or by the
// units in the text.
func intervalType(e *ast.IntervalLit) schema.Type {
	switch e.From {
	case "year", "month":
		return types.IntervalYM
	default:
		return types.IntervalDS
	}
}

// convert has the context of an expression turn it into a type.
func (b *binder) convert(e ast.Expr, to schema.Type) {
	from := b.info.Types[e]
	if from.Kind == to.Kind && (from.Kind != schema.Decimal || from == to) {
		delete(b.info.Casts, e)
		return
	}
	b.info.Casts[e] = to
}

// boolean binds an expression that must be true or false.
func (b *binder) boolean(e ast.Expr, s *scope, where string) {
	switch t := b.expr(e, s); t.Kind {
	case schema.Boolean:
	case schema.Unknown:
		b.convert(e, types.Boolean)
	default:
		b.fail(e, fault.Type, "compare it with something", "%s takes a condition, not %s", where, t)
	}
}

// plain binds an expression whose type nothing around it decides.
func (b *binder) plain(e ast.Expr, s *scope) schema.Type {
	t := b.expr(e, s)
	if t.Kind == schema.Unknown {
		b.convert(e, types.Varchar)
		return types.Varchar
	}
	return t
}

// subquery binds a query inside an expression.
func (b *binder) subquery(q *ast.Query, s *scope) []*Output {
	outputs := b.query(q, s, s.with)
	b.settle(outputs)
	return outputs
}

// oneColumn binds a subquery that must have one column.
func (b *binder) oneColumn(q *ast.Query, s *scope) (*Output, bool) {
	outputs := b.subquery(q, s)
	if len(outputs) != 1 {
		b.fail(q, fault.Type, "select one column", "the subquery has %d columns where one is wanted", len(outputs))
		return nil, false
	}
	return outputs[0], true
}

func (b *binder) scalarQuery(e *ast.ScalarQuery, s *scope) schema.Type {
	if o, ok := b.oneColumn(e.Query, s); ok {
		return o.Type
	}
	return types.Unknown
}

// inQuery binds x IN (query) and x op ANY or ALL (query).
func (b *binder) inQuery(e ast.Expr, x ast.Expr, q *ast.Query, s *scope) schema.Type {
	if row, ok := x.(*ast.Row); ok {
		return b.rowInQuery(e, row, q, s)
	}
	xt := b.expr(x, s)
	if o, ok := b.oneColumn(q, s); ok {
		b.compareWithOutput(e, x, xt, q, 0, o)
	}
	return types.Boolean
}

// caseExpr binds both forms of CASE ("CASE conditional expression").
func (b *binder) caseExpr(e *ast.Case, s *scope) schema.Type {
	var results []ast.Expr
	compared := []ast.Expr{}
	if e.Operand != nil {
		compared = append(compared, e.Operand)
	}
	for _, w := range e.Whens {
		results = append(results, w.Then)
		if e.Operand != nil {
			compared = append(compared, w.Cond)
		} else {
			b.boolean(w.Cond, s, "WHEN")
		}
	}
	if e.Operand != nil {
		b.comparison(e, s, compared...)
	}
	if e.Else != nil {
		results = append(results, e.Else)
	}
	return b.common(e, "CASE", results, s)
}

// common binds expressions that become one type: the branches of CASE, the
// arguments of COALESCE.
func (b *binder) common(at ast.Node, what string, list []ast.Expr, s *scope) schema.Type {
	bound := make([]schema.Type, len(list))
	for i, e := range list {
		bound[i] = b.expr(e, s)
	}
	return b.unify(at, what, list, bound)
}

// unify converts bound expressions to their common type.
func (b *binder) unify(at ast.Node, what string, list []ast.Expr, bound []schema.Type) schema.Type {
	t := types.Unknown
	for i, e := range list {
		common, ok := types.Common(t, bound[i])
		if !ok {
			b.fail(e, fault.Type, "cast it to "+t.String(), "%s mixes %s and %s", what, t, bound[i])
			return t
		}
		t = common
	}
	if t.Kind == schema.Unknown {
		return t
	}
	for _, e := range list {
		b.convert(e, t)
	}
	return t
}

// cast binds an explicit conversion.
func (b *binder) cast(e *ast.Cast, s *scope) schema.Type {
	from := b.expr(e.X, s)
	if !types.Explicit(from, e.Type.Type) {
		b.fail(e, fault.Type, "", "%s cannot be cast to %s", from, e.Type.Type)
	}
	return e.Type.Type
}

// super binds a step into a SUPER value ("Querying semistructured data",
// navigation): what is not there is NULL.
func (b *binder) super(e, x ast.Expr, s *scope) schema.Type {
	if t := b.expr(x, s); t.Kind != schema.Super && t.Kind != schema.Unknown {
		b.fail(e, fault.Type, "only SUPER values have attributes and elements", "%s has no attributes or elements", t)
	}
	return types.Super
}

func (b *binder) atTimeZone(e *ast.AtTimeZone, s *scope) schema.Type {
	t := b.expr(e.X, s)
	if z := b.expr(e.Zone, s); z.Kind == schema.Unknown {
		b.convert(e.Zone, types.Varchar)
	} else if !z.IsString() {
		b.fail(e.Zone, fault.Type, "name it as in 'America/New_York'", "a time zone is text, not %s", z)
	}
	switch t.Kind {
	case schema.TimestampTZ:
		return types.Timestamp
	case schema.Timestamp:
		return types.TimestampTZ
	case schema.Date, schema.Unknown:
		b.convert(e.X, types.Timestamp)
		return types.TimestampTZ
	}
	b.fail(e, fault.Type, "", "AT TIME ZONE takes a timestamp, not %s", t)
	return types.Timestamp
}
