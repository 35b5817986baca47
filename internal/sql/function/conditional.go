package function

import (
	"slices"

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

// jsons is the chapters "JSON functions", "SUPER type information functions" and
// "Array functions", over SUPER and JSON text.
var jsons = family("json", Scalar,
	[]*Func{
		def("is_valid_json", sig(is(types.Boolean), Text)),
		def("is_valid_json_array", sig(is(types.Boolean), Text)),
		def("json_array_length", sig(is(types.Integer), Text, Bool).opt(1)),
		def("json_extract_array_element_text", sig(text, Text, Whole, Bool).opt(1)),
		def("json_extract_path_text", pathSignatures()...),
		def("json_parse", sig(is(types.Super), Text)),
		def("can_json_parse", sig(is(types.Boolean), Text)),
		def("json_serialize", sig(text, Json)),
		def("json_typeof", sig(text, Json)),
		def("get_array_length", sig(is(types.Integer), Json)),
		def("is_array", sig(is(types.Boolean), Json)),
		def("is_object", sig(is(types.Boolean), Json)),
		def("is_scalar", sig(is(types.Boolean), Json)),
		def("is_boolean", sig(is(types.Boolean), Json)),
		def("is_char", sig(is(types.Boolean), Json)),
		def("is_varchar", sig(is(types.Boolean), Json)),
		def("is_integer", sig(is(types.Boolean), Json)),
		def("is_bigint", sig(is(types.Boolean), Json)),
		def("is_smallint", sig(is(types.Boolean), Json)),
		def("is_decimal", sig(is(types.Boolean), Json)),
		def("is_float", sig(is(types.Boolean), Json)),
	},
)

// pathSignatures are one to five path elements, with or without null_if_invalid
// ("JSON_EXTRACT_PATH_TEXT function").
func pathSignatures() []Signature {
	var plain, flagged []Signature
	params := []Param{Text}
	for range 5 {
		params = append(params, Text)
		plain = append(plain, sig(text, slices.Clone(params)...))
		flagged = append(flagged, sig(text, append(slices.Clone(params), Bool)...))
	}
	return append(plain, flagged...)
}

// hashes is the chapter "Hash functions".
var hashes = family("hash", Scalar,
	def("sha1", sig(is(types.VarcharN(40)), Bytes)).alias("sha", "func_sha1"),
	[]*Func{
		def("md5", sig(is(types.VarcharN(32)), Bytes)),
		def("sha2", sig(is(types.VarcharN(128)), Bytes, Whole)),
	},
)

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
