package function

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/types"
)

// strs is the chapter "String functions".
var strs = family("string", Scalar,
	def("char_length", sig(is(types.Integer), Text), sig(is(types.Integer), Binary)).alias("character_length", "len", "length", "textlen"),
	def("repeat", sig(text, Text, Whole)).alias("replicate"),
	def("substring", sig(arg(0), Text, Whole, Whole).opt(1), sig(is(types.Varbyte), Binary, Whole, Whole).opt(1)).alias("substr"),
	[]*Func{
		def("ascii", sig(is(types.Integer), Text)),
		def("bpcharcmp", sig(is(types.Integer), Text, Text)),
		def("bttext_pattern_cmp", sig(is(types.Integer), Text, Text)),
		def("btrim", sig(arg(0), Text, Text).opt(1)),
		def("charindex", sig(is(types.Integer), Text, Text)),
		def("chr", sig(is(types.VarcharN(4)), Whole)),
		def("concat", sig(concatenated, Text, Text), sig(is(types.Varbyte), Binary, Binary)),
		def("crc32", sig(is(types.VarcharN(8)), Text)),
		def("difference", sig(is(types.Integer), Text, Text)),
		def("initcap", sig(arg(0), Text)),
		def("left", sig(arg(0), Text, Whole)),
		def("lower", sig(arg(0), Text)),
		def("lpad", sig(text, Text, Whole, Text).opt(1)),
		def("ltrim", sig(arg(0), Text, Text).opt(1)),
		def("octet_length", sig(is(types.Integer), Text), sig(is(types.Integer), Binary)),
		def("octetindex", sig(is(types.Integer), Text, Text)),
		def("position", sig(is(types.Integer), Text, Text)),
		def("quote_ident", sig(text, Text)),
		def("quote_literal", sig(text, Text)),
		def("regexp_count", sig(is(types.Integer), Text, Text, Whole, Text).opt(2)),
		def("regexp_instr", sig(is(types.Integer), Text, Text, Whole, Whole, Whole, Text).opt(4)),
		def("regexp_replace", sig(text, Text, Text, Text, Whole, Text).opt(3)),
		def("regexp_substr", sig(text, Text, Text, Whole, Whole, Text).opt(3)),
		def("replace", sig(text, Text, Text, Text)),
		def("reverse", sig(arg(0), Text)),
		def("right", sig(arg(0), Text, Whole)),
		def("rpad", sig(text, Text, Whole, Text).opt(1)),
		def("rtrim", sig(arg(0), Text, Text).opt(1)),
		def("soundex", sig(is(types.VarcharN(4)), Text)),
		def("split_part", sig(text, Text, Text, Whole)),
		def("strpos", sig(is(types.Integer), Text, Text)),
		def("strtol", sig(is(types.BigInt), Text, Whole)),
		def("translate", sig(text, Text, Text, Text)),
		def("trim", sig(arg(0), Text, Text).opt(1)).as("btrim"),
		def("upper", sig(arg(0), Text)),
	},
)

// concatenated is a varchar with room for both sides ("CONCAT function").
func concatenated(c Call) schema.Type { return Concat(c.Args[0], c.Args[1]) }

// Concat is the type of l || r.
func Concat(l, r schema.Type) schema.Type {
	if l.Length == 0 || r.Length == 0 {
		return types.Varchar
	}
	return types.VarcharN(l.Length + r.Length)
}
