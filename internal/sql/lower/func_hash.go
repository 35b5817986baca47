package lower

import (
	"strconv"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/scalar"
)

var hashRules = map[string]rule{
	"md5":       as("md5"),
	"sha1":      as("sha1"),
	"sha":       as("sha1"),
	"func_sha1": as("sha1"),
	"sha2":      sha2,
	"farmfingerprint64": func(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return goCall("farm_fingerprint", l.asBytes(e, args[0]))
	},
	"fnv_hash":        fnvHash,
	"murmur3_32_hash": murmurHash,
}

var varbyteRules = map[string]rule{
	"from_hex": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return goCall("to_varbyte", args[0], text("hex"))
	},
	"from_varbyte": byGo("from_varbyte"),
	"getbit":       byGo("getbit"),
	"to_varbyte":   byGo("to_varbyte"),
}

// asBytes is a call's first argument as VARBYTE: text becomes its bytes in UTF-8.
func (l *lowering) asBytes(e *ast.FuncCall, arg ast.Expr) ast.Expr {
	if l.argType(e, 0).Kind == schema.Varbyte {
		return arg
	}
	return call("encode", arg)
}

// sha2 is the engine's for the number of bits that it knows.
func sha2(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	if n, ok := e.Args[1].(*ast.NumberLit); ok && (n.Text == "256" || n.Text == "0") {
		return call("sha256", args[0])
	}
	return goCall("sha2", l.asBytes(e, args[0]), args[1])
}

// hashedWidth is the number of bytes in which FNV_HASH sees a value, 0 for text.
var hashedWidth = map[schema.Kind]int{schema.Boolean: 1, schema.SmallInt: 2, schema.Integer: 4, schema.BigInt: 8}

// fnvHash goes by the type of its argument ("FNV_HASH function", usage notes).
func fnvHash(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	seed := ast.Expr(&ast.NumberLit{Text: strconv.FormatInt(scalar.FNVSeed, 10)})
	if len(args) == 2 {
		seed = args[1]
	}
	if width := hashedWidth[l.argType(e, 0).Kind]; width > 0 {
		return goCall("fnv_hash_integer", castAs(args[0], "BIGINT"), number(width), seed)
	}
	return goCall("fnv_hash", l.asBytes(e, args[0]), seed)
}

// murmurHash hashes integers and booleans of any width alike ("MURMUR3_32_HASH").
func murmurHash(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	seed := ast.Expr(number(0))
	if len(args) == 2 {
		seed = args[1]
	}
	if hashedWidth[l.argType(e, 0).Kind] > 0 {
		return castTo(goCall("murmur3_integer", castAs(args[0], "BIGINT"), seed), t)
	}
	return castTo(goCall("murmur3", l.asBytes(e, args[0]), seed), t)
}
