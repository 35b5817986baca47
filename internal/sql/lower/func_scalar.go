package lower

import (
	"strings"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

var stringRules = map[string]rule{
	"ascii":              typed("ascii"),
	"bpcharcmp":          by("compare"),
	"bttext_pattern_cmp": by("compare"),
	"btrim":              as("trim"),
	"trim":               as("trim"),
	"ltrim":              as("ltrim"),
	"rtrim":              as("rtrim"),
	"char_length":        length("length"),
	"character_length":   length("length"),
	"len":                length("length"),
	"length":             length("length"),
	"textlen":            length("length"),
	"octet_length":       length("strlen"),
	"octetindex":         byGo("octetindex"),
	"charindex":          swapped("strpos"),
	"position":           swapped("strpos"),
	"strpos":             typed("strpos"),
	"chr":                by("chr"),
	"concat":             concat,
	"crc32": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return goCall("crc32", call("encode", args[0]))
	},
	"difference":     byGo("difference"),
	"initcap":        by("initcap"),
	"left":           ofEnd("left"),
	"right":          ofEnd("right"),
	"lower":          as("lower"),
	"upper":          as("upper"),
	"lpad":           padded("lpad"),
	"rpad":           padded("rpad"),
	"regexp_count":   regexpCount,
	"regexp_instr":   regexpInstr,
	"regexp_replace": regexpReplace,
	"regexp_substr":  regexpSubstr,
	"repeat":         repeated,
	"replicate":      repeated,
	"replace":        as("replace"),
	"quote_ident":    byGo("quote_ident"),
	"quote_literal":  byGo("quote_literal"),
	"reverse":        by("reverse"),
	"soundex":        byGo("soundex"),
	"split_part":     splitPart,
	"strtol":         byGo("strtol"),
	"substring":      substring,
	"substr":         substring,
	"translate":      as("translate"),
}

// repeated says that it repeats text: the engine takes a NULL without a type, such
// as 'a' || NULL, for bytes.
func repeated(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	return call("repeat", castAs(args[0], "VARCHAR"), args[1])
}

// concat is NULL where one side is ("CONCAT function"); the engine's skips NULLs.
func concat(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	return binary(ast.Concat, args[0], args[1])
}

// padded pads with blanks unless told otherwise, and with nothing where it is told
// to pad with nothing ("LPAD and RPAD functions").
func padded(name string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		if len(args) == 2 {
			args = append(args, text(" "))
		}
		args[1] = castAs(args[1], "INTEGER")
		if lit, ok := args[2].(*ast.StringLit); ok && lit.Value != "" {
			return call(name, args...)
		}
		return macro(name, args...)
	}
}

// isPositive reports a literal of at least 1, which needs no check.
func isPositive(e ast.Expr) bool {
	n, ok := e.(*ast.NumberLit)
	return ok && n.Text != "0"
}

// maxVarbyte is the length of the longest VARBYTE, in bytes ("VARBYTE type").
const maxVarbyte = 1024000

// substring takes a start before the text, as PostgreSQL does: it counts, and
// gives nothing.
func substring(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	switch {
	case l.argType(e, 0).Kind == schema.Varbyte:
		if len(args) == 2 {
			args = append(args, number(maxVarbyte))
		}
		return goCall("byte_substring", args...)
	case len(args) == 2 && isPositive(e.Args[1]):
		return call("substring", args...)
	case len(args) == 2:
		return macro("substring_from", args...)
	case isPositive(e.Args[1]) && isPositive(e.Args[2]):
		return call("substring", args...)
	}
	return macro("substring_to", args...)
}

// splitPart is the engine's function where nothing is left to check.
func splitPart(_ *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	if delimiter, ok := e.Args[1].(*ast.StringLit); ok && delimiter.Value != "" && isPositive(e.Args[2]) {
		return call("split_part", args...)
	}
	return macro("split_part", args...)
}

// ofEnd is LEFT or RIGHT, whose number of characters is not negative ("LEFT and
// RIGHT functions").
func ofEnd(name string) rule {
	return func(_ *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		if isPositive(e.Args[1]) {
			return call(name, args...)
		}
		return macro(name+"_end", args...)
	}
}

// length counts characters or bytes of text, and bytes of VARBYTE.
func length(name string) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		if l.argType(e, 0).Kind == schema.Varbyte {
			return castTo(call("octet_length", args[0]), t)
		}
		return castTo(call(name, args[0]), t)
	}
}

var mathRules = map[string]rule{
	"abs":     as("abs"),
	"sign":    typed("sign"),
	"floor":   typed("floor"),
	"ceil":    typed("ceil"),
	"ceiling": typed("ceil"),
	"round":   rounded("round"),
	"trunc":   trunc,
	"mod": func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		return remainder(operand{args[0], l.info.TypeOf(e.Args[0])}, operand{args[1], l.info.TypeOf(e.Args[1])}, t)
	},
	"power":   finiteFunction("pow"),
	"pow":     finiteFunction("pow"),
	"exp":     finiteFunction("exp"),
	"dexp":    finiteFunction("exp"),
	"log":     as("log10"),
	"dlog10":  as("log10"),
	"degrees": finiteFunction("degrees"),
	"to_hex": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return call("lower", call("to_hex", args[0]))
	},
}

// rounded is ROUND or TRUNC over a number. Over DECIMAL the engine needs to know
// the digits when it compiles.
func rounded(name string) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		if len(args) == 2 {
			if t.Kind == schema.Decimal && !isWhole(e.Args[1]) {
				l.fail(e.Args[1], "write the digits as a number", "%s of a DECIMAL takes a literal number of digits", strings.ToUpper(name))
			}
			args[1] = castAs(args[1], "INTEGER")
		}
		return castTo(call(name, args...), t)
	}
}

// isWhole reports a whole number literal, signed or not.
func isWhole(e ast.Expr) bool {
	if u, ok := e.(*ast.Unary); ok {
		e = u.X
	}
	_, ok := e.(*ast.NumberLit)
	return ok
}

// trunc cuts a number, or takes the date of a timestamp ("TRUNC functions").
func trunc(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	if t.Kind == schema.Date {
		return castTo(args[0], t)
	}
	return rounded("trunc")(l, e, args, t)
}
