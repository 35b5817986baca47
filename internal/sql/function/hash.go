package function

import "github.com/atolldata/atoll/internal/sql/types"

// hashes is the chapter "Hash functions".
var hashes = family("hash", Scalar,
	def("sha1", sig(is(types.VarcharN(40)), Bytes)).alias("sha", "func_sha1"),
	[]*Func{
		def("md5", sig(is(types.VarcharN(32)), Bytes)),
		def("sha2", sig(is(types.VarcharN(128)), Bytes, Whole)),
		def("fnv_hash", sig(is(types.BigInt), Hashed, Whole).opt(1)),
		def("murmur3_32_hash", sig(is(types.Integer), Hashed, Whole).opt(1)),
		def("farmfingerprint64", sig(is(types.BigInt), Bytes)),
	},
)

// varbytes is the chapter "VARBYTE functions", without those that are of text too.
var varbytes = family("varbyte", Scalar,
	[]*Func{
		def("from_hex", sig(is(types.Varbyte), Text)),
		def("from_varbyte", sig(text, Binary, Text)),
		def("getbit", sig(is(types.Integer), Binary, Whole)),
		def("to_varbyte", sig(is(types.Varbyte), Text, Text)),
	},
)
