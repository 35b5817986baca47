package lower

import (
	"maps"
	"strings"
	"sync"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	catalogue "github.com/atolldata/atoll/internal/sql/function"
	"github.com/atolldata/atoll/internal/sql/types"
)

// postgresRules merges the families, once. A function of the catalogue without a
// rule here is refused.
var postgresRules = sync.OnceValue(func() map[string]rule {
	all := map[string]rule{}
	for _, family := range postgresFamilies() {
		maps.Copy(all, family)
	}
	return all
})

func postgresFamilies() []map[string]rule {
	return []map[string]rule{
		sharedRules, postgresAggregates, postgresWindows, postgresStrings, postgresMath, postgresDates, conditionalRules, postgresJSON, postgresHashes,
	}
}

func (postgres) rule(function string) rule {
	if r, ok := postgresRules()[function]; ok {
		return r
	}
	return func(l *lowering, e *ast.FuncCall, _ []ast.Expr, _ schema.Type) ast.Expr {
		l.fail(e, postgresInstead(function), "%s has no form on PostgreSQL with the same answer", strings.ToUpper(function))
		return &ast.NullLit{}
	}
}

// postgresInstead is the nearest form of a function that PostgreSQL has not, "" if
// there is none.
func postgresInstead(function string) string {
	f, ok := catalogue.Lookup(function)
	switch {
	case !ok:
		return ""
	case f.Family == "hash" || f.Name == "crc32":
		return "use SHA2 or MD5, which give text"
	case f.Name == "split_to_array":
		return "use SPLIT_PART"
	case f.Family == "array":
		return "unnest the array in FROM, and select from its elements"
	case f.Family == "varbyte":
		return "keep binary values as hexadecimal text"
	}
	return f.Instead()
}

// upTo is a rule for calls of so many arguments at most; the longer forms of the
// catalogue have none on PostgreSQL.
func upTo(n int, r rule) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		if len(args) > n {
			l.fail(e.Args[n], "leave it out", "%s takes no such argument on PostgreSQL", strings.ToUpper(e.Name.Last()))
			return &ast.NullLit{}
		}
		return r(l, e, args, t)
	}
}

// wholeAt casts an argument to INTEGER, if it is there, for functions that
// PostgreSQL has for that type only.
func wholeAt(i int, r rule) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		if i < len(args) {
			if _, literal := args[i].(*ast.NumberLit); !literal {
				args[i] = castTo(args[i], types.Integer)
			}
		}
		return r(l, e, args, t)
	}
}

var postgresStrings = map[string]rule{
	"ascii":              as("ascii"),
	"bpcharcmp":          by("compare"),
	"bttext_pattern_cmp": by("compare"),
	"btrim":              as("btrim"),
	"trim":               as("btrim"),
	"ltrim":              as("ltrim"),
	"rtrim":              as("rtrim"),
	"char_length":        as("length"),
	"character_length":   as("length"),
	"len":                as("length"),
	"length":             as("length"),
	"textlen":            as("length"),
	"octet_length":       as("octet_length"),
	"charindex":          swapped("strpos"),
	"position":           swapped("strpos"),
	"strpos":             as("strpos"),
	"chr":                wholeAt(0, as("chr")),
	"concat":             upTo(2, concat),
	"initcap":            as("initcap"),
	"left":               wholeAt(1, ofEnd("left")),
	"right":              wholeAt(1, ofEnd("right")),
	"lower":              as("lower"),
	"upper":              as("upper"),
	"lpad":               wholeAt(1, as("lpad")),
	"rpad":               wholeAt(1, as("rpad")),
	"regexp_count":       upTo(3, posix(wholeAt(2, as("regexp_count")))),
	"regexp_instr":       upTo(2, posix(as("regexp_instr"))),
	"regexp_replace":     upTo(3, posix(postgresReplace)),
	"regexp_substr":      upTo(2, posix(postgresSubstr)),
	"repeat":             wholeAt(1, as("repeat")),
	"replicate":          wholeAt(1, as("repeat")),
	"replace":            as("replace"),
	"reverse":            as("reverse"),
	"split_part":         postgresSplit,
	"strtol":             by("strtol"),
	"substring":          wholeAt(1, wholeAt(2, as("substring"))),
	"substr":             wholeAt(1, wholeAt(2, as("substring"))),
	"translate":          as("translate"),
}

// posix checks the pattern, a call's second argument, before a rule.
func posix(r rule) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		l.portablePattern(e.Args[1])
		return r(l, e, args, t)
	}
}

// postgresReplace replaces every match. What refers to a group is written
// differently in Redshift.
func postgresReplace(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	with := ast.Expr(text(""))
	if len(args) == 3 {
		with = args[2]
		if lit, ok := with.(*ast.StringLit); !ok || strings.ContainsAny(lit.Value, `\$`) {
			l.fail(e.Args[2], "replace with plain text", "references to groups in the replacement are not available on PostgreSQL")
		}
	}
	return call("regexp_replace", args[0], args[1], with, text("g"))
}

// postgresSubstr gives ” where nothing matches ("REGEXP_SUBSTR function").
func postgresSubstr(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	return &ast.Case{Whens: []*ast.When{{
		Cond: &ast.Is{X: args[0], Not: true, What: ast.IsNull},
		Then: call("coalesce", call("regexp_substr", args...), text("")),
	}}}
}

func postgresSplit(_ *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	if isPositive(e.Args[2]) {
		return call("split_part", args...)
	}
	return macro("split_part", args...)
}

var postgresMath = map[string]rule{
	"abs":     as("abs"),
	"sign":    typed("sign"),
	"floor":   typed("floor"),
	"ceil":    typed("ceil"),
	"ceiling": typed("ceil"),
	"round":   postgresRounded("round"),
	"trunc":   postgresTrunc,
	"mod": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return binary(ast.Mod, args[0], args[1])
	},
	"power":   as("power"),
	"pow":     as("power"),
	"exp":     as("exp"),
	"dexp":    as("exp"),
	"log":     upTo(1, as("log")),
	"dlog10":  as("log"),
	"degrees": as("degrees"),
	"to_hex": func(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		switch l.info.TypeOf(e.Args[0]).Kind {
		case schema.Varbyte:
			return call("encode", args[0], text("hex"))
		case schema.SmallInt:
			args[0] = castTo(args[0], types.Integer)
		}
		return call("to_hex", args...)
	},
}

// postgresRounded is ROUND or TRUNC over a number. PostgreSQL rounds doubles to
// even and takes digits for numeric only.
func postgresRounded(name string) rule {
	return wholeAt(1, func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		if t.Kind != schema.Double && t.Kind != schema.Real {
			return castTo(call(name, args...), t)
		}
		if len(args) == 1 {
			args = append(args, number(0))
		}
		out := macro(name+"_double", args...)
		if t.Kind == schema.Real {
			return castTo(out, t)
		}
		return out
	})
}

func postgresTrunc(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	if t.Kind == schema.Date {
		return castTo(args[0], t)
	}
	return postgresRounded("trunc")(l, e, args, t)
}

var postgresHashes = map[string]rule{
	"md5":  as("md5"),
	"sha2": postgresSHA2,
}

// postgresSHA2 knows all four lengths; 0 means 256 ("SHA2 function").
func postgresSHA2(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	bits := ""
	if n, ok := e.Args[1].(*ast.NumberLit); ok {
		bits = map[string]string{"0": "256", "224": "224", "256": "256", "384": "384", "512": "512"}[n.Text]
	}
	if bits == "" {
		l.fail(e.Args[1], "use 224, 256, 384 or 512", "SHA2 takes its bits as a literal on PostgreSQL")
	}
	bytes := args[0]
	if l.info.TypeOf(e.Args[0]).Kind != schema.Varbyte {
		bytes = call("convert_to", bytes, text("UTF8"))
	}
	return call("encode", call("sha"+bits, bytes), text("hex"))
}
