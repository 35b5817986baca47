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
	"char_length":        typed("length"),
	"character_length":   typed("length"),
	"len":                typed("length"),
	"length":             typed("length"),
	"textlen":            typed("length"),
	"octet_length":       typed("strlen"),
	"charindex":          swapped("strpos"),
	"position":           swapped("strpos"),
	"strpos":             typed("strpos"),
	"chr": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return call("chr", castAs(args[0], "INTEGER"))
	},
	"concat":         concat,
	"initcap":        by("initcap"),
	"left":           as("left"),
	"right":          as("right"),
	"lower":          as("lower"),
	"upper":          as("upper"),
	"lpad":           padded("lpad"),
	"rpad":           padded("rpad"),
	"regexp_count":   regexpCount,
	"regexp_instr":   regexpInstr,
	"regexp_replace": regexpReplace,
	"regexp_substr":  regexpSubstr,
	"repeat":         as("repeat"),
	"replicate":      as("repeat"),
	"replace":        as("replace"),
	"reverse":        as("reverse"),
	"split_part":     splitPart,
	"strtol":         by("strtol"),
	"substring":      substring,
	"substr":         substring,
	"translate":      as("translate"),
}

// concat is NULL where one side is ("CONCAT function"); the engine's skips NULLs.
func concat(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	return binary(ast.Concat, args[0], args[1])
}

// padded pads with blanks unless told otherwise ("LPAD and RPAD functions").
func padded(name string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		if len(args) == 2 {
			args = append(args, text(" "))
		}
		args[1] = castAs(args[1], "INTEGER")
		return call(name, args...)
	}
}

// isPositive reports a literal of at least 1, which needs no check.
func isPositive(e ast.Expr) bool {
	n, ok := e.(*ast.NumberLit)
	return ok && n.Text != "0"
}

// substring takes a start before the text, as PostgreSQL does: it counts, and
// gives nothing.
func substring(_ *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	switch {
	case len(args) == 2 && isPositive(e.Args[1]):
		return call("substring", args...)
	case len(args) == 2:
		return macro("substring_from", args...)
	case isPositive(e.Args[1]) && isPositive(e.Args[2]):
		return call("substring", args...)
	}
	return macro("substring_to", args...)
}

func splitPart(_ *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	if isPositive(e.Args[2]) {
		return call("split_part", args...)
	}
	return macro("split_part", args...)
}

var mathRules = map[string]rule{
	"abs":     as("abs"),
	"sign":    typed("sign"),
	"floor":   typed("floor"),
	"ceil":    typed("ceil"),
	"ceiling": typed("ceil"),
	"round":   rounded("round"),
	"trunc":   trunc,
	"mod":     by("modulo"),
	"random":  as("random"),
	"pi":      as("pi"),
	"power":   as("pow"),
	"pow":     as("pow"),
	"exp":     as("exp"),
	"dexp":    as("exp"),
	"ln":      as("ln"),
	"dlog1":   as("ln"),
	"log":     as("log10"),
	"dlog10":  as("log10"),
	"sqrt":    as("sqrt"),
	"cbrt":    as("cbrt"),
	"sin":     as("sin"),
	"cos":     as("cos"),
	"tan":     as("tan"),
	"cot":     as("cot"),
	"asin":    as("asin"),
	"acos":    as("acos"),
	"atan":    as("atan"),
	"atan2":   as("atan2"),
	"degrees": as("degrees"),
	"radians": as("radians"),
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

var jsonRules = map[string]rule{
	"is_valid_json":       jsonOf("OBJECT"),
	"is_valid_json_array": jsonOf("ARRAY"),
	"can_json_parse":      as("json_valid"),
	"json_array_length":   jsonLength,
	"json_extract_array_element_text": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		path := binary(ast.Concat, binary(ast.Concat, text("$["), castAs(args[1], "VARCHAR")), text("]"))
		return macro("json_path", args[0], path, flag(args, 2))
	},
	"json_extract_path_text": jsonPath,
	"json_parse":             by("json_parse"),
	"json_serialize": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return castAs(args[0], "VARCHAR")
	},
	"json_typeof":      by("json_typeof"),
	"get_array_length": typed("json_array_length"),
	"is_array":         superIs("ARRAY"),
	"is_object":        superIs("OBJECT"),
	"is_boolean":       superIs("BOOLEAN"),
	"is_char":          superIs("VARCHAR"),
	"is_varchar":       superIs("VARCHAR"),
	"is_integer":       superIs("UBIGINT", "BIGINT"),
	"is_bigint":        superIs("UBIGINT", "BIGINT"),
	"is_smallint":      superIs("UBIGINT", "BIGINT"),
	"is_decimal":       superIs("UBIGINT", "BIGINT", "DOUBLE"),
	"is_float":         superIs("DOUBLE"),
	"is_scalar":        superIs("BOOLEAN", "VARCHAR", "UBIGINT", "BIGINT", "DOUBLE", "NULL"),
}

// flag is an optional argument that is false where it is missing.
func flag(args []ast.Expr, i int) ast.Expr {
	if i < len(args) {
		return args[i]
	}
	return &ast.BoolLit{}
}

func jsonOf(kind string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return macro("json_of", args[0], text(kind))
	}
}

// superIs tests the type of a SUPER value ("SUPER type information functions").
func superIs(kinds ...string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		in := &ast.InList{X: call("json_type", args[0])}
		for _, k := range kinds {
			in.List = append(in.List, text(k))
		}
		return in
	}
}

func jsonLength(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	return macro("json_length", args[0], flag(args, 1))
}

// jsonPath builds the engine's path of the path elements, quoted each
// ("JSON_EXTRACT_PATH_TEXT function").
func jsonPath(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	elements, invalid := args[1:], ast.Expr(&ast.BoolLit{})
	if last := e.Args[len(e.Args)-1]; l.info.TypeOf(last).Kind == schema.Boolean {
		elements, invalid = args[1:len(args)-1], args[len(args)-1]
	}
	path := ast.Expr(text("$"))
	for _, p := range elements {
		quoted := binary(ast.Concat, binary(ast.Concat, text(`."`), p), text(`"`))
		path = binary(ast.Concat, path, quoted)
	}
	return macro("json_path", args[0], path, invalid)
}
