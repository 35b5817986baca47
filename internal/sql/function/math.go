package function

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/types"
)

// maths is the chapter "Math functions".
var maths = family("math", Scalar,
	[]*Func{
		def("abs", sig(arg(0), Number)),
		def("sign", sig(signResult, Number)),
		def("floor", sig(whole, Number)),
		def("round", sig(rounded, Number, Whole).opt(1)),
		def("mod", sig(modulo, Exact, Exact)),
		volatile(def("random", sig(is(types.Double)))),
		def("pi", sig(is(types.Double))),
		def("to_hex", sig(text, Whole), sig(text, Binary)),
		// TRUNC over a timestamp is "TRUNC function" of the date chapter.
		def("trunc", sig(rounded, Number, Whole).opt(1), sig(is(types.Date), Moment)),
	},
	def("ceil", sig(whole, Number)).alias("ceiling"),
	def("power", sig(is(types.Double), Float, Float)).alias("pow"),
	def("exp", sig(is(types.Double), Float)).alias("dexp"),
	def("ln", sig(is(types.Double), Float)).alias("dlog1"),
	def("log", sig(is(types.Double), Float)).alias("dlog10"),
	def("sqrt", sig(is(types.Double), Float)).alias(
		"cbrt", "sin", "cos", "tan", "cot", "asin", "acos", "atan", "degrees", "radians"),
	[]*Func{def("atan2", sig(is(types.Double), Float, Float))},
)

func volatile(f *Func) *Func { f.Volatile = true; return f }

// whole follows "FLOOR function": the argument's type, without decimal places.
func whole(c Call) schema.Type { return decimalRounded(c.Args[0], 0) }

// rounded follows "ROUND function" and "TRUNC function". Digits that are not a
// literal leave the type as it is.
func rounded(c Call) schema.Type {
	if len(c.Args) == 1 {
		return whole(c)
	}
	if n, ok := c.Int(1); ok {
		return decimalRounded(c.Args[0], n)
	}
	return c.Args[0]
}

// signResult follows "SIGN function": an integer for exact numbers with no
// places, DECIMAL(1,0) for decimals, else DOUBLE PRECISION.
func signResult(c Call) schema.Type {
	switch t := c.Args[0]; {
	case t.IsInteger():
		return types.Integer
	case t.Kind == schema.Decimal:
		return types.Decimal(1, 0)
	default:
		return types.Double
	}
}

// modulo is the type of the % operator.
func modulo(c Call) schema.Type {
	a, _ := types.Arithmetic("%", c.Args[0], c.Args[1])
	return a.Result
}
