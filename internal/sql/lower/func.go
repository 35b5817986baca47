package lower

import (
	"maps"
	"sync"

	"github.com/atolldata/atoll/internal/schema"
	"github.com/atolldata/atoll/internal/sql/ast"
	"github.com/atolldata/atoll/internal/sql/function"
)

// rule writes a function call for the engine. The arguments are lowered and in
// the types that the catalogue asks for; e is the call as written, and t its
// type.
type rule func(l *lowering, e *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr

// families lists the rules of every function of the catalogue, family by family.
func families() []map[string]rule {
	return []map[string]rule{
		sharedRules, aggregateRules, windowRules, stringRules, mathRules, dateRules, conditionalRules, jsonRules, arrayRules,
		hashRules, varbyteRules, embeddedRules,
	}
}

// sharedRules are those that the embedded engine and PostgreSQL have alike.
var sharedRules = map[string]rule{
	"random":  as("random"),
	"pi":      as("pi"),
	"ln":      as("ln"),
	"dlog1":   as("ln"),
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
	"radians": as("radians"),

	"interval_cmp":              by("compare"),
	"date_cmp":                  by("compare"),
	"date_cmp_timestamp":        by("compare"),
	"date_cmp_timestamptz":      by("compare"),
	"timestamp_cmp":             by("compare"),
	"timestamp_cmp_date":        by("compare"),
	"timestamp_cmp_timestamptz": by("compare"),
	"timestamptz_cmp":           by("compare"),
	"timestamptz_cmp_date":      by("compare"),
	"timestamptz_cmp_timestamp": by("compare"),
}

// duckdbRules merges the families, once.
var duckdbRules = sync.OnceValue(func() map[string]rule {
	all := map[string]rule{}
	for _, family := range families() {
		maps.Copy(all, family)
	}
	return all
})

// call lowers a function call.
func (l *lowering) call(e *ast.FuncCall) ast.Expr {
	bound := l.info.Calls[e]
	lowered := l.expr
	if bound.Func.Name == function.GroupingName {
		lowered = l.node // keys are written as in GROUP BY
	}
	args := make([]ast.Expr, len(e.Args))
	for i, a := range e.Args {
		switch a.(type) {
		case *ast.Star, *ast.DatePart:
			args[i] = a
		default:
			args[i] = lowered(a)
		}
	}
	return l.engine.rule(bound.Func.Name)(l, e, args, l.info.Types[e])
}

// as calls an engine function of the same arguments and type.
func as(name string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return call(name, args...)
	}
}

// typed calls an engine function whose result has another type there.
func typed(name string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		return castTo(call(name, args...), t)
	}
}

// by calls a macro of the prelude.
func by(name string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return macro(name, args...)
	}
}

// byGo calls a function of package scalar.
func byGo(name string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		if t.Kind == schema.Integer {
			return castTo(goCall(name, args...), t) // it counts in BIGINT
		}
		return goCall(name, args...)
	}
}

// argType is the type of a call's argument once it is converted.
func (l *lowering) argType(e *ast.FuncCall, i int) schema.Type {
	if to, ok := l.info.Casts[e.Args[i]]; ok {
		return to
	}
	return l.info.TypeOf(e.Args[i])
}

// swapped calls an engine function with its two arguments the other way round.
func swapped(name string) rule {
	return func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, t schema.Type) ast.Expr {
		return castTo(call(name, args[1], args[0]), t)
	}
}

var conditionalRules = map[string]rule{
	"coalesce": as("coalesce"),
	"nvl":      as("coalesce"),
	"nullif":   as("nullif"),
	"greatest": as("greatest"),
	"least":    as("least"),
	"nvl2": func(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
		return &ast.Case{
			Whens: []*ast.When{{Cond: &ast.Is{X: args[0], Not: true, What: ast.IsNull}, Then: args[1]}},
			Else:  args[2],
		}
	},
	"decode": decode,
}

// decode is a CASE whose comparisons take NULL for equal to NULL ("DECODE
// expression", usage notes).
func decode(_ *lowering, _ *ast.FuncCall, args []ast.Expr, _ schema.Type) ast.Expr {
	out := &ast.Case{}
	rest := args[1:]
	for ; len(rest) >= 2; rest = rest[2:] {
		out.Whens = append(out.Whens, &ast.When{
			Cond: &ast.IsDistinct{Left: args[0], Right: rest[0], Not: true},
			Then: rest[1],
		})
	}
	if len(rest) == 1 {
		out.Else = rest[0]
	}
	return out
}
