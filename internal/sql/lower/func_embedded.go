package lower

import (
	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
)

// embeddedRules are the functions that DuckDB alone has. Where rows decide by
// their order which value comes out, the smallest is taken of those that tie.
var embeddedRules = map[string]rule{
	"arg_max":  argExtreme("arg_max"),
	"arg_min":  argExtreme("arg_min"),
	"count_if": countIf,
	"list":     listed,
	"mode":     mode,

	"contains":                as("contains"),
	"ends_with":               as("suffix"),
	"starts_with":             as("starts_with"),
	"epoch_ms":                typed("epoch_ms"),
	"gcd":                     typed("gcd"),
	"lcm":                     typed("lcm"),
	"jaro_winkler_similarity": as("jaro_winkler_similarity"),
	"levenshtein":             typed("levenshtein"),
	"regexp_matches": func(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		l.checkPattern(e.Args[1], nil)
		return call("regexp_matches", args...)
	},
	"strftime": as("strftime"),
	"time_bucket": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		return castTo(call("time_bucket", args...), t)
	},
}

// argExtreme is the value of the row where another is greatest or least.
func argExtreme(name string) rule {
	return func(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return byValue(l.over(e, name, args...))
	}
}

func countIf(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
	return castTo(l.over(e, "count_if", args...), t)
}

// listed is the array of all values, NULLs too, in their order.
func listed(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	return call("to_json", byValue(l.over(e, "list", args...)))
}

func mode(l *lowering, e *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	if e.Distinct { // each value is there once, so that the least is the first of the most frequent
		return l.over(e, "min", args...)
	}
	return byValue(l.over(e, "mode", args...))
}

// byValue feeds an aggregate its rows in the order of its first argument.
func byValue(call *ast.FuncCall) *ast.FuncCall {
	call.OrderBy = ordering(orderItem(call.Args[0], &ast.OrderItem{}))
	return call
}
