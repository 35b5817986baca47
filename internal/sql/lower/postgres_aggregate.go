package lower

import (
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

var postgresAggregates = map[string]rule{
	"count":           plainOver(count),
	"hll":             plainOver(countDistinct),
	"sum":             plainOver(postgresSum),
	"avg":             plainOver(postgresAverage),
	"min":             plainOver(postgresExtreme("min", "bool_and")),
	"max":             plainOver(postgresExtreme("max", "bool_or")),
	"any_value":       plainOver(postgresExtreme("min", "bool_and")),
	"bool_and":        plainOver(aggregate("bool_and")),
	"bool_or":         plainOver(aggregate("bool_or")),
	"bit_and":         plainOver(aggregate("bit_and")),
	"bit_or":          plainOver(aggregate("bit_or")),
	"stddev":          plainOver(deviation("stddev_samp")),
	"stddev_samp":     plainOver(deviation("stddev_samp")),
	"stddev_pop":      plainOver(deviation("stddev_pop")),
	"variance":        plainOver(deviation("var_samp")),
	"var_samp":        plainOver(deviation("var_samp")),
	"var_pop":         plainOver(deviation("var_pop")),
	"grouping":        grouping,
	"median":          plainOver(postgresMedian),
	"listagg":         plainOver(postgresListagg),
	"percentile_cont": plainOver(postgresPercentileCont),
	"percentile_disc": plainOver(postgresPercentileDisc),
}

// plainOver refuses DISTINCT in a window, which PostgreSQL has not.
func plainOver(r rule) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		if l.info.Calls[e].Window != nil && (e.Distinct || e.Name.Last() == "hll") {
			l.fail(e, "count in a subquery with GROUP BY and join it", "PostgreSQL has no DISTINCT in window functions")
		}
		return r(l, e, args, t)
	}
}

// postgresSum sums in the types of Redshift: REAL as DOUBLE PRECISION, and
// integers to BIGINT.
func postgresSum(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	if t.Kind == schema.Double && l.info.TypeOf(e.Args[0]).Kind == schema.Real {
		args[0] = castTo(args[0], t)
	}
	return castTo(l.over(e, "sum", args...), t)
}

func postgresAverage(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	switch t.Kind {
	case schema.BigInt:
		return macro("average", l.over(e, "sum", args...), l.over(e, "count", args...))
	case schema.Decimal:
		n := call("nullif", l.over(e, "count", args...), number(0))
		return castTo(macro("div_decimal", l.over(e, "sum", args...), n, number(t.Scale)), t)
	}
	return l.over(e, "avg", castTo(args[0], types.Double))
}

// postgresExtreme is MIN or MAX, which PostgreSQL has not over booleans and jsonb.
func postgresExtreme(name, ofBooleans string) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		switch t.Kind {
		case schema.Boolean:
			return l.over(e, ofBooleans, args...)
		case schema.Super, schema.Varbyte:
			l.fail(e, "cast it to what it holds", "PostgreSQL has no %s over %s", strings.ToUpper(e.Name.Last()), t)
		}
		return l.over(e, name, args...)
	}
}

// deviation is over DOUBLE PRECISION, as in Redshift.
func deviation(name string) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		return castTo(l.over(e, name, castTo(args[0], types.Double)), t)
	}
}

// ordered is an aggregate over values in an order, ties by value: with ORDER BY
// in the call, or in a window that frames its whole partition.
func (l *lowering) ordered(e *ast.FuncCall, name string, order []*ast.OrderItem, args ...ast.Expr) *ast.FuncCall {
	out := l.over(e, name, args...)
	if out.Over == nil {
		out.OrderBy = order
		return out
	}
	out.Over.OrderBy = order
	out.Over.Frame = wholeFrame()
	return out
}

func wholeFrame() *ast.Frame {
	return &ast.Frame{Low: ast.Bound{Kind: ast.UnboundedPreceding}, High: ast.Bound{Kind: ast.UnboundedFollowing}}
}

// postgresListagg joins in the order of WITHIN GROUP, and lists without an order
// by value.
func postgresListagg(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	separator := ast.Expr(text(""))
	if len(args) > 1 {
		separator = args[1]
	}
	return macro("listagg", l.ordered(e, "string_agg", l.listOrder(e, args[0]), args[0], separator))
}

// values is the list of an expression's values but NULLs, in order.
func (l *lowering) values(e *ast.FuncCall, x ast.Expr, desc bool) ast.Expr {
	order := ordering(&ast.OrderItem{Expr: x, Desc: desc})
	out := l.ordered(e, "array_agg", order, x)
	var filter ast.Expr = &ast.Is{X: x, Not: true, What: ast.IsNull}
	if out.Filter != nil {
		filter = binary(ast.And, out.Filter, filter)
	}
	out.Filter = filter
	return out
}

// postgresMedian is PERCENTILE_CONT(0.5) ("MEDIAN function").
func postgresMedian(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	return l.continuous(e, args[0], false, &ast.NumberLit{Text: "0.5"}, t)
}

// continuous interpolates in the type of the result.
func (l *lowering) continuous(e *ast.FuncCall, x ast.Expr, desc bool, at ast.Expr, t schema.Type) ast.Expr {
	in := t
	switch t.Kind {
	case schema.Date, schema.TimestampTZ:
		in = types.Timestamp
	case schema.Double:
	default:
		if t.IsNumeric() {
			return castTo(macro("percentile_cont", l.values(e, castAs(x, "numeric"), desc), at), t)
		}
	}
	return castTo(macro("percentile_cont", l.values(e, castTo(x, in), desc), at), t)
}

// fraction is the literal of a percentile.
func (l *lowering) fraction(e *ast.FuncCall, at ast.Expr) ast.Expr {
	l.checkPercentile(e)
	return castAs(at, "numeric")
}

func postgresPercentileCont(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	order := e.WithinGroup[0]
	return l.continuous(e, l.expr(order.Expr), order.Desc, l.fraction(e, args[0]), t)
}

func postgresPercentileDisc(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	order := e.WithinGroup[0]
	return macro("percentile_disc", l.values(e, known(l.expr(order.Expr), t), order.Desc), l.fraction(e, args[0]))
}

var postgresWindows = map[string]rule{
	"row_number":      windowed("row_number"),
	"rank":            windowed("rank"),
	"dense_rank":      windowed("dense_rank"),
	"percent_rank":    windowed("percent_rank"),
	"cume_dist":       windowed("cume_dist"),
	"ntile":           wholeAt(0, windowed("ntile")),
	"lag":             wholeAt(1, postgresNeighbour("lag")),
	"lead":            wholeAt(1, postgresNeighbour("lead")),
	"first_value":     postgresFirst,
	"last_value":      postgresLast,
	"nth_value":       wholeAt(1, postgresNth),
	"ratio_to_report": ratioToReport,
}

// present lists the values of a call's window but NULLs, for IGNORE NULLS, which
// PostgreSQL has not.
func (l *lowering) present(e *ast.FuncCall, x ast.Expr) *ast.FuncCall {
	x = known(x, l.info.TypeOf(e.Args[0]))
	out := l.over(e, "array_agg", x)
	out.Filter = &ast.Is{X: x, Not: true, What: ast.IsNull}
	return out
}

func postgresFirst(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	if e.Nulls == ast.IgnoreNulls {
		return macro("nth", l.present(e, args[0]), number(1))
	}
	return l.over(e, "first_value", known(args[0], t))
}

func postgresLast(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	if e.Nulls == ast.IgnoreNulls {
		return macro("nth_last", l.present(e, args[0]), number(1))
	}
	return l.over(e, "last_value", known(args[0], t))
}

func postgresNth(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	if e.Nulls == ast.IgnoreNulls {
		return macro("nth", l.present(e, args[0]), args[1])
	}
	return l.over(e, "nth_value", known(args[0], t), args[1])
}

// postgresNeighbour is LAG or LEAD; with IGNORE NULLS it takes the last or first of
// the values before or after the row.
func postgresNeighbour(name string) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		args[0] = known(args[0], t)
		if e.Nulls != ast.IgnoreNulls {
			return l.over(e, name, args...)
		}
		offset := ast.Expr(number(1))
		if len(args) > 1 {
			offset = args[1]
			if !isPositive(e.Args[1]) {
				l.fail(e.Args[1], "write a number from 1 on", "%s with IGNORE NULLS takes a literal offset on PostgreSQL", strings.ToUpper(name))
			}
		}
		list, pick := l.present(e, args[0]), "nth"
		one := number(1)
		if name == "lag" {
			pick = "nth_last"
			list.Over.Frame = &ast.Frame{Low: ast.Bound{Kind: ast.UnboundedPreceding}, High: ast.Bound{Kind: ast.Preceding, Offset: one}}
		} else {
			list.Over.Frame = &ast.Frame{Low: ast.Bound{Kind: ast.Following, Offset: one}, High: ast.Bound{Kind: ast.UnboundedFollowing}}
		}
		out := macro(pick, list, offset)
		if len(args) > 2 {
			return call("coalesce", out, args[2])
		}
		return out
	}
}
