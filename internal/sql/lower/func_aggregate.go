package lower

import (
	"strconv"
	"strings"

	"github.com/atolldata/atoll/internal/fault"
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/types"
)

var aggregateRules = map[string]rule{
	"count":           count,
	"hll":             countDistinct,
	"sum":             sum,
	"avg":             average,
	"avg#":            averageState,
	"min":             bestOf("min"),
	"max":             bestOf("max"),
	"any_value":       aggregate("min"), // one of the values, and always the same
	"bool_and":        aggregate("bool_and"),
	"bool_or":         aggregate("bool_or"),
	"bit_and":         aggregate("bit_and"),
	"bit_or":          aggregate("bit_or"),
	"stddev":          aggregate("stddev_samp"),
	"stddev_samp":     aggregate("stddev_samp"),
	"stddev_pop":      aggregate("stddev_pop"),
	"variance":        aggregate("var_samp"),
	"var_samp":        aggregate("var_samp"),
	"var_pop":         aggregate("var_pop"),
	"grouping":        grouping,
	"median":          median,
	"listagg":         listagg,
	"percentile_cont": percentileCont,
	"percentile_disc": percentileDisc,
}

// grouping writes keys as GROUP BY does.
func grouping(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	for i, x := range args {
		args[i] = l.keyed(x, e.Args[i])
	}
	return castTo(call("grouping", args...), t)
}

// over makes an aggregate call with the DISTINCT, FILTER and window of the call
// as written.
func (l *lowering) over(e *ast.FuncCall, name string, args ...ast.Expr) *ast.FuncCall {
	out := call(name, args...)
	out.Distinct = e.Distinct
	out.Filter = l.optional(e.Filter)
	if bound := l.info.Calls[e]; bound.Window != nil {
		out.Over = l.window(bound.Window, orderDecides(bound.Func, bound.Window))
	}
	return out
}

func aggregate(name string) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return l.over(e, name, args...)
	}
}

// bestOf is MIN or MAX, which the engine would take of a SUPER value's text.
func bestOf(name string) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		if l.info.TypeOf(e.Args[0]).Kind == schema.Super {
			l.fail(e, "cast the value to the type that it has", "%s over SUPER values is not available", strings.ToUpper(name))
		}
		return l.over(e, name, args...)
	}
}

// count is exact with APPROXIMATE too: the exact number is within its error.
func count(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	if _, star := e.Args[0].(*ast.Star); star {
		args = []ast.Expr{&ast.Star{}}
	}
	return l.over(e, "count", args...)
}

// countDistinct answers HLL exactly, which is within its error.
func countDistinct(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	out := l.over(e, "count", args...)
	out.Distinct = true
	return out
}

// sum over integers is BIGINT ("SUM function"); the engine's is wider.
func sum(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	out := l.over(e, "sum", args...)
	switch t.Kind {
	case schema.BigInt:
		return castTo(out, t)
	case schema.Double:
		return macro(onceCheck, out)
	case schema.Decimal:
		return l.withinDecimal(out, e, t)
	}
	return out
}

// sumDigits are the digits of numbers of which no sum comes near 38 digits.
const sumDigits = 28

// withinDecimal checks that a sum has no more than 38 digits. The engine holds a
// few sums that have more.
func (l *lowering) withinDecimal(total ast.Expr, e *ast.FuncCall, t schema.Type) ast.Expr {
	if l.info.TypeOf(e.Args[0]).Precision <= sumDigits {
		return total
	}
	most := strings.Repeat("9", schema.MaxPrecision-t.Scale)
	if t.Scale > 0 {
		most += "." + strings.Repeat("9", t.Scale)
	}
	return castTo(macro("within", total, castTo(&ast.NumberLit{Text: most}, t)), t)
}

// average is the sum over the count: over integers cut to a BIGINT, over
// DECIMALs cut at the argument's scale ("AVG function").
func average(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	total, n := l.over(e, "sum", args...), l.over(e, "count", args...)
	switch t.Kind {
	case schema.BigInt:
		return macro("average", total, n)
	case schema.Decimal:
		return l.averageDecimal(operand{total, t}, n, t)
	}
	return macro(onceCheck, l.over(e, "avg", args...))
}

// averageState is AVG of a sum and a count that are kept.
func averageState(l *lowering, _ *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	if t.Kind == schema.BigInt {
		return macro("average", args[0], args[1])
	}
	if _, embedded := l.engine.(duckdb); embedded {
		return l.averageDecimal(operand{args[0], t}, args[1], t)
	}
	return castTo(macro("div_decimal", args[0], args[1], number(t.Scale)), t)
}

// median is PERCENTILE_CONT(0.5) ("MEDIAN function").
func median(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	from := l.info.TypeOf(e.Args[0])
	if _, exact := spared(t); !exact {
		return l.middle(e, args[0], types.AsDecimal(from), t)
	}
	return l.interpolate(e, args[0], &ast.NumberLit{Text: "0.5"}, from, t)
}

// middle is the mean of the two values in the middle, seen from either end, which are
// one if their number is odd.
func (l *lowering) middle(e *ast.FuncCall, x ast.Expr, from, t schema.Type) ast.Expr {
	half := func(at string) ast.Expr {
		return binary(ast.Mul, castTo(l.over(e, "quantile_disc", x, &ast.NumberLit{Text: at}), from), &ast.NumberLit{Text: "0.5"})
	}
	return castTo(binary(ast.Add, half("0.5"), half("-0.5")), t)
}

// spareDigits are computed behind the digits of an interpolated DECIMAL, because
// the engine cuts where it should round.
const spareDigits = 3

// spared is the type in which a quantile is interpolated, and whether the engine,
// which does so in DOUBLE PRECISION, keeps all its digits.
func spared(t schema.Type) (in schema.Type, exact bool) {
	if t.Kind != schema.Decimal {
		return t, true
	}
	in = types.Decimal(t.Precision+spareDigits, t.Scale+spareDigits)
	return in, in.Precision <= doubleDigits
}

// interpolate takes a quantile in a type that keeps the digits that interpolation
// adds, and rounds it to that of the result.
func (l *lowering) interpolate(e *ast.FuncCall, x, at ast.Expr, from, t schema.Type) ast.Expr {
	in, _ := spared(t)
	if from != in {
		x = castTo(x, in)
	}
	return castTo(l.over(e, "quantile_cont", x, at), t)
}

// quantileOf is the ordered expression of a percentile, and the percentile seen
// from the low end.
func (l *lowering) quantileOf(e *ast.FuncCall, at ast.Expr) (x, low ast.Expr) {
	order := e.WithinGroup[0]
	l.checkPercentile(e)
	if order.Desc {
		at = binary(ast.Sub, number(1), at)
	}
	return l.expr(order.Expr), at
}

// checkPercentile reports a percentile that is no literal from 0 to 1.
func (l *lowering) checkPercentile(e *ast.FuncCall) {
	const hint = "write a number from 0 to 1"
	lit, ok := e.Args[0].(*ast.NumberLit)
	if !ok {
		l.fail(e.Args[0], hint, "the percentile must be a literal")
		return
	}
	if p, err := strconv.ParseFloat(lit.Text, 64); err != nil || p > 1 {
		l.failAs(fault.Type, e.Args[0], hint, "%s is no percentile", lit.Text)
	}
}

func percentileCont(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	x, at := l.quantileOf(e, args[0])
	return l.interpolate(e, x, at, l.info.TypeOf(e.WithinGroup[0].Expr), t)
}

func percentileDisc(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	x, at := l.quantileOf(e, args[0])
	return l.over(e, "quantile_disc", x, at)
}

// listagg joins in the order of WITHIN GROUP, ties and lists without an order by
// value, so that the answer is one.
func listagg(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	separator := ast.Expr(text(""))
	if len(args) > 1 {
		separator = args[1]
	}
	if x, ok := l.distinctList(e); ok {
		return macro("listagg", call("array_to_string", castAs(x, "VARCHAR[]"), separator))
	}
	order := l.listOrder(e, args[0])
	if _, isColumn := args[0].(*ast.ColumnRef); e.Distinct && len(order) > 0 && !isColumn {
		return macro("listagg", call("array_to_string", l.sortedList(e, args[0], order[0]), separator))
	}
	out := l.over(e, "string_agg", args[0], separator)
	out.OrderBy = order
	return macro("listagg", out)
}

// sortedList is the list of the distinct values of an aggregate in their order. It is
// sorted when it is made: the engine orders distinct values by what it finds to be the
// argument only, and to it no expression with a subquery is the same as another, nor one
// that may fail, as a division does. The list may have a NULL.
func (l *lowering) sortedList(e *ast.FuncCall, x ast.Expr, by *ast.OrderItem) ast.Expr {
	direction := "ASC"
	if by.Desc {
		direction = "DESC"
	}
	return call("list_sort", l.over(e, "list", x), text(direction))
}

// listOrder is the order of WITHIN GROUP, and behind it that of the listed values.
func (l *lowering) listOrder(e *ast.FuncCall, listed ast.Expr) []*ast.OrderItem {
	var order []*ast.OrderItem
	for _, o := range e.WithinGroup {
		order = append(order, orderItem(l.expr(o.Expr), o))
	}
	order = ordering(order...)
	for _, o := range order {
		if e.Distinct && !ast.Equal(o.Expr, listed) {
			hint := "order by the listed expression"
			if isFloat(l.info.Types[e.Args[0]]) && ast.Equal(e.WithinGroup[0].Expr, e.Args[0]) {
				hint = "list floating-point numbers as DECIMAL or text, and order by that"
			}
			l.fail(e, hint, "LISTAGG(DISTINCT ...) is ordered by its own values only")
		}
	}
	if containsOrder(order, listed) {
		return order
	}
	return ordering(append(order, orderItem(listed, &ast.OrderItem{}))...)
}

// distinctList is the list of the distinct values of LISTAGG(DISTINCT x) in the
// order of x, which is not text: the engine orders them before it writes them. It
// reports false for other calls.
func (l *lowering) distinctList(e *ast.FuncCall) (ast.Expr, bool) {
	t := l.info.Types[e.Args[0]]
	if !e.Distinct || len(e.WithinGroup) != 1 || !ast.Equal(e.WithinGroup[0].Expr, e.Args[0]) || t.IsString() || t.Kind == schema.Unknown || isFloat(t) {
		return nil, false
	}
	return l.sortedList(e, l.node(e.Args[0]), e.WithinGroup[0]), true
}

func containsOrder(items []*ast.OrderItem, e ast.Expr) bool {
	for _, o := range items {
		if ast.Equal(o.Expr, e) {
			return true
		}
	}
	return false
}

var windowRules = map[string]rule{
	"row_number":      windowed("row_number"),
	"rank":            windowed("rank"),
	"dense_rank":      windowed("dense_rank"),
	"percent_rank":    windowed("percent_rank"),
	"cume_dist":       windowed("cume_dist"),
	"ntile":           windowed("ntile"),
	"lag":             windowed("lag"),
	"lead":            windowed("lead"),
	"first_value":     windowed("first_value"),
	"last_value":      windowed("last_value"),
	"nth_value":       windowed("nth_value"),
	"ratio_to_report": ratioToReport,
}

func windowed(name string) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		out := l.over(e, name, args...)
		out.Nulls = e.Nulls
		return out
	}
}

// ratioToReport is the value over the sum of its partition ("RATIO_TO_REPORT
// window function").
func ratioToReport(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	x := castTo(args[0], types.Double)
	total := l.over(e, "sum", x)
	if _, embedded := l.engine.(duckdb); embedded {
		return macro("float_div", x, total)
	}
	return binary(ast.Div, x, total)
}
