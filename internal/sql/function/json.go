package function

import (
	"slices"

	"github.com/atolldata/atoll/internal/sql/types"
)

// jsons is the chapters "JSON functions", "SUPER type information functions" and
// "Object functions", over SUPER and JSON text.
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
		def("json_serialize_to_varbyte", sig(is(types.Varbyte), Json)),
		def("json_size", sig(is(types.Integer), Json)),
		def("json_typeof", sig(text, Json)),
		def("object", sig(is(types.Super)), sig(is(types.Super), Text, Json).pairs()),
		def("get_number_attributes", sig(is(types.Integer), Json)),
	},
	def("lower_attribute_names", sig(is(types.Super), Json)).alias("upper_attribute_names"),
	def("is_array", sig(is(types.Boolean), Json)).alias("is_object", "is_scalar", "is_boolean", "is_char", "is_varchar",
		"is_integer", "is_bigint", "is_smallint", "is_decimal", "is_float"),
	def("decimal_precision", sig(is(types.Integer), Json)).alias("decimal_scale"),
)

// arrays is the chapter "Array functions".
var arrays = family("array", Scalar,
	[]*Func{
		def("array", sig(is(types.Super), Json).opt(1).rest()),
		def("array_concat", sig(is(types.Super), Json, Json)),
		def("array_distinct", sig(is(types.Super), Json)),
		def("array_flatten", sig(is(types.Super), Json)),
		def("array_sort", sig(is(types.Super), Json, Bool, Bool).opt(2)),
		def("array_union", sig(is(types.Super), Json, Json)),
		def("arrays_overlap", sig(is(types.Boolean), Json, Json)),
		def("array_contains", sig(is(types.Boolean), Json, Json, Bool).opt(1)),
		def("array_position", sig(is(types.Integer), Json, Json, Bool).opt(1)),
		def("array_positions", sig(is(types.Super), Json, Json, Bool).opt(1)),
		def("get_array_length", sig(is(types.Integer), Json)),
		def("split_to_array", sig(is(types.Super), Text, Text).opt(1)),
		def("subarray", sig(is(types.Super), Json, Whole, Whole)),
	},
	def("array_except", sig(is(types.Super), Json, Json, Bool).opt(1)).alias("array_intersection"),
)

// pathSignatures are one to five path elements, with or without null_if_invalid
// ("JSON_EXTRACT_PATH_TEXT function").
func pathSignatures() []Signature {
	params := []Param{Text, Text, Text, Text, Text, Text}
	all := []Signature{sig(text, params...).opt(4)}
	for n := 2; n <= len(params); n++ {
		all = append(all, sig(text, append(slices.Clone(params[:n]), Bool)...))
	}
	return all
}
