package function

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/types"
)

// conditionals is the chapter "Conditional expressions", without CASE. DECODE
// has a shape of its own, which the binder types: see [DecodeName].
var conditionals = family("conditional", Scalar,
	def("coalesce", sig(arg(0), Same).rest()).as("coalesce").alias("nvl"),
	[]*Func{
		def("nvl2", sig(arg(1), Any, Same, Same)).as("case"),
		def("nullif", sig(arg(0), Same, Same)).as("case"),
		def(DecodeName, sig(is(types.Unknown), Any, Any, Any, Any).opt(1).rest()).as("case"),
		def("greatest", sig(arg(0), Same).rest()),
		def("least", sig(arg(0), Same).rest()),
	},
)

// DecodeName is the function whose searches and results alternate:
// DECODE(expression, search, result [, search, result]... [, default]).
const DecodeName = "decode"

// decimalRounded gives a decimal the scale that rounding to digits leaves, with
// room for a carry. Other types stay as they are ("ROUND function": the same
// numeric type as the input; the scale follows its examples).
func decimalRounded(t schema.Type, digits int) schema.Type {
	if t.Kind != schema.Decimal {
		return t
	}
	scale := min(max(digits, 0), t.Scale)
	return types.Decimal(t.Precision-t.Scale+1+scale, scale)
}
