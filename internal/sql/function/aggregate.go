package function

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/types"
)

// GroupingName names GROUPING, which tells the rows that ROLLUP, CUBE and GROUPING
// SETS add ("Aggregation extensions"). It stands where aggregates stand, and its
// arguments are what the query groups by.
const GroupingName = "grouping"

// aggregates is the chapter "Aggregate functions" and "Bit-wise aggregate
// functions".
var aggregates = family("aggregate", Aggregate,
	[]*Func{
		def("any_value", sig(arg(0), Any)),
		def("avg", sig(average, Summable)),
		def("count", sig(is(types.BigInt), Any)),
		def("sum", sig(sum, Summable)),
		def("min", sig(arg(0), Any)),
		def("max", sig(arg(0), Any)),
		def("median", sig(interpolated(1), Spannable)),
		def("bool_and", sig(is(types.Boolean), Bool)),
		def("bool_or", sig(is(types.Boolean), Bool)),
		def("bit_and", sig(arg(0), Whole)),
		def("bit_or", sig(arg(0), Whole)),
		def("hll", sig(is(types.BigInt), Any)),
		def(GroupingName, sig(is(types.Integer), Any).rest()),
		ordered(MayOrder, def("listagg", sig(is(types.VarcharN(schema.MaxVarchar)), Text, Pattern).opt(1))),
		// The ORDER BY expression of WITHIN GROUP is passed as the last argument.
		ordered(MustOrder, def("percentile_cont", sig(percentile, Number, Spannable))),
		ordered(MustOrder, def("percentile_disc", sig(arg(1), Number, Any))),
	},
	def("stddev_samp", sig(is(types.Double), Float)).alias("stddev", "stddev_pop"),
	def("var_samp", sig(is(types.Double), Float)).alias("variance", "var_pop"),
)

func ordered(o Ordering, f *Func) *Func { f.Order = o; return f }

// sum follows "SUM function", return types.
func sum(c Call) schema.Type {
	switch t := c.Args[0]; {
	case t.IsInteger():
		return types.BigInt
	case t.Kind == schema.Decimal:
		return types.Decimal(schema.MaxPrecision, t.Scale)
	default:
		return types.Double
	}
}

// average follows "AVG function", return types: BIGINT over integers, the
// argument's scale over decimals.
func average(c Call) schema.Type { return sum(c) }

// interpolated follows "MEDIAN function", return types: DECIMAL over exact
// numbers, with the digits that interpolating at a percentile of that many
// digits can add; DOUBLE PRECISION over floating point; dates and timestamps
// as they are.
func interpolated(digits int) Rule {
	return func(c Call) schema.Type {
		t := types.AsDecimal(c.Args[len(c.Args)-1])
		switch t.Kind {
		case schema.Decimal:
			return types.Decimal(t.Precision+digits, t.Scale+digits)
		case schema.Real:
			return types.Double
		default:
			return t
		}
	}
}

// percentile is interpolated with the digits of the percentile as written.
func percentile(c Call) schema.Type {
	return interpolated(max(1, c.Args[0].Scale))(c)
}
