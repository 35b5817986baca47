package function

import "github.com/atolldata/atoll/internal/sql/types"

// windows is the chapter "Window functions", without the aggregates.
var windows = family("window", Window,
	[]*Func{
		def("row_number", sig(is(types.BigInt))),
		def("rank", sig(is(types.BigInt))),
		def("dense_rank", sig(is(types.BigInt))),
		def("percent_rank", sig(is(types.Double))),
		def("cume_dist", sig(is(types.Double))),
		def("ntile", sig(is(types.BigInt), Whole)),
		def("lag", sig(arg(0), Same, Whole, Same).opt(2)),
		def("lead", sig(arg(0), Same, Whole, Same).opt(2)),
		def("first_value", sig(arg(0), Any)),
		def("last_value", sig(arg(0), Any)),
		def("nth_value", sig(arg(0), Any, Whole)),
		def("ratio_to_report", sig(is(types.Double), Number)),
	},
)
